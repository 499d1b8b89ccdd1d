"""Laws of the engine that hold for any text, however odd."""

import json

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.engine import as_json, screen
from moderation.policy import Action
from moderation.rules.folding import fold
from moderation.rules.match import Category, Match
from tests.moderation_bench.tables import own_comments

PIECES = [
    *("connard", "enculé", "CONNASSE", "pute", "petit Hitler", "nain poutinien"),
    *("tu es un", "espèce de", "ce", "bande de", "Ce n’est pas un", "va te faire"),
    *("c o n", "s4l0pe", "c*nnard", "a.b.r.u.t.i", "connard·e·s", "nuuuul", "HONTE"),
    *("concert", "député", "Bitche", "le mot", "« ", " »", "“", '"', "’", "'", "-"),
    *(" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u202f", "!!!", "?!", "…", ".", ","),
    *("\u0301", "\u0323", "\u200b", "\u200d", "\u00ad", "\ufe0f", "\u20e3", "\u202e"),
    *(
        "😀",
        "👩‍👩‍👧",
        "🇫🇷",
        "🇨🇴🇳",
        "👍🏽",
        "🅰️",
        "𝗰𝗼𝗻",
        "ｃｏｎ",
        "соn",
        "ﬁls de",
        "كلب",
        "क्षि",
    ),
    *("\x00", "\x1b", "𝓟", "ß", "İ", "ŉ", "ﬃ", "각", "각", "0", "@", "$", "*", "_"),
]
characters = st.characters(exclude_categories=[])  # lone surrogates too
texts = st.lists(st.sampled_from(PIECES) | st.text(characters, max_size=6)).map("".join)
many = settings(max_examples=200, deadline=None)


@given(texts)
@many
def test_any_text_gets_an_answer_that_can_be_stored(text: str) -> None:
    screening = screen(text)
    assert screening.action in Action
    for match in screening.matches:
        assert 0 <= match.start < match.end <= len(text)
        assert match.text == text[match.start : match.end]
        assert match.explanation["fr"]
        assert match.explanation["en"]
    assert json.loads(json.dumps(as_json(screening)))["action"] == screening.action


@given(texts)
@many
def test_screening_twice_gives_the_same_matches(text: str) -> None:
    assert screen(text) == screen(text)


@given(texts)
@many
def test_matches_come_in_reading_order_and_once_each(text: str) -> None:
    matches = screen(text).matches
    places = [(m.start, m.end, m.rule, m.term) for m in matches]
    assert places == sorted(set(places))


@given(texts)
@many
def test_no_match_cuts_a_grapheme_cluster_in_two(text: str) -> None:
    edges = {found.start() for found in regex.finditer(r"\X", text)} | {len(text)}
    for match in screen(text).matches:
        assert {match.start, match.end} <= edges, match


@given(texts)
@many
def test_each_folded_character_comes_from_its_origin(text: str) -> None:
    folded = fold(text)
    assert folded.source == text
    origins = range(len(text)) if folded.origins is None else folded.origins
    assert len(origins) == len(folded.text)
    assert list(origins) == sorted(origins)
    rebuilt = "".join(fold(text[at]).text for at in dict.fromkeys(origins))
    assert rebuilt == folded.text


@given(texts)
@many
def test_folded_spans_lead_back_inside_the_text(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        start, end = folded.original_span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[at] in fold(text[start:end]).text


def found_in_words(text: str) -> list[Match]:
    """What depends on its own sentence: shouting looks at how long the text is."""
    local = {Category.INSULT, Category.EPITHET, Category.PUNCTUATION}
    return [m for m in screen(text).matches if m.category in local]


@given(st.lists(st.sampled_from([row.text for row in own_comments()]), min_size=1))
@many
def test_a_neutral_sentence_after_a_text_changes_nothing_before_it(
    comments: list[str],
) -> None:
    text = " ".join(comments)
    longer = f"{text} La bibliothèque ouvre à neuf heures."
    assert found_in_words(longer) == found_in_words(text)
