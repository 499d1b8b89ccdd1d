"""Folding, and the way back to the text as written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.rules.folding import fold, plain

FOLDED = [
    ("Député", "depute"),
    (unicodedata.normalize("NFD", "Député"), "depute"),
    ("cœur et curriculum vitæ", "coeur et curriculum vitae"),
    ("ﬁn", "fin"),
    ("ｃｏｎ", "con"),
    ("сon", "con"),
    ("c\u200bo\u00adn", "con"),
    ("l’été", "l'ete"),
    ("STRASSE, straße", "strasse, strasse"),
    ("İstanbul", "istanbul"),
    ("أحمد", "احمد"),
    ("a\u00a0b\u202fc", "a b c"),
    ("п", "n"),
]


@pytest.mark.parametrize(("written", "folded"), FOLDED)
def test_folds(written: str, folded: str) -> None:
    assert plain(written) == folded


def test_span_goes_back_to_the_text_as_written() -> None:
    written = "Un œuf, c\u200bonnard\u0301 !"
    folded = fold(written)
    start = folded.text.index("connard")
    first, last = folded.original_span(start, start + len("connard"))
    assert written[first:last] == "c\u200bonnard\u0301"


@given(st.text())
def test_every_folded_character_comes_from_its_origin(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        first, last = folded.original_span(at, at + 1)
        assert 0 <= first < last <= len(text)
        assert folded.text[at] in fold(text[first:last]).text
