"""Fingerprints: what leaves them as they are, and which texts are found to be alike."""

import random
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.likeness.fingerprint import (
    ALIKE,
    bands,
    fingerprint,
    letters_of,
    likeness,
    shingles,
)
from tests.moderation_bench.tables import own_comments

TEXTS = sorted({row.text for row in own_comments()})
LONG = [" ".join(TEXTS[at : at + 3]) for at in range(0, len(TEXTS) - 2, 3)]
SIGNS = ",;:!?…«»\"'’()-*~ \n\t\u00a0\u200b\u200d\u2060\u00ad\u0301\u0327"
characters = st.characters(exclude_categories=[])
many = settings(max_examples=200, deadline=None)


def exact(text):
    return fingerprint(letters_of(text))


def lengthened(text, places, signs):
    """``text`` with ``signs`` put at ``places``, counted modulo its length."""
    for place, sign in zip(places, signs, strict=False):
        at = place % (len(text) + 1)
        text = text[:at] + sign + text[at:]
    return text


def without_accents(text):
    return "".join(
        c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
    )


@given(
    st.sampled_from(["Un avis mesuré, ça arrive.", "L’été 2026 à Paris !", *LONG[:40]]),
    st.lists(st.integers(min_value=0), max_size=8),
    st.lists(st.sampled_from(SIGNS), max_size=8),
    st.sampled_from([str.upper, str.lower, without_accents, str]),
)
@many
def test_signs_case_and_accents_change_nothing(text, places, signs, written):
    assert exact(written(lengthened(text, places, signs))) == exact(text)


@given(st.text(characters) | st.lists(st.sampled_from(TEXTS)).map(" ".join))
@many
def test_any_text_has_one_that_a_database_holds(text):
    found = exact(text)
    assert (found is None) == (letters_of(text) == "")
    if found is not None:
        assert -(2**63) <= found < 2**63
        pieces = shingles(letters_of(text))
        assert likeness(pieces, pieces) == 1
        assert bands(pieces) == bands(shingles(letters_of(text)))


def test_they_are_the_same_in_every_process():
    """They are stored: a change of these numbers needs all to be read again."""
    text = "Un avis mesuré sur la question, et qui se répète."
    assert exact(text) == 2905059731403126470
    assert bands(shingles(letters_of(text)))[:2] == [
        9051372833743221307,
        1251776824881268373,
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bravo !", "bravo", True),
        ("Voir https://a.example/1 vite", "Voir http://b.example/?x=2 VITE", True),
        ("Voir www.exemple.org", "voir https://exemple.org", True),
        ("J’ai 3 voisins", "J’ai 12 voisins", True),
        ("Appelez le 06 12 34 56 78", "Appelez le 0698765432", True),
        ("Un avis", "Deux avis", False),
        ("Vive la France", "Vive la Finance", False),
        ("لا حول ولا قوة", "لا حول ولا قوّة", True),
        ("", "…!!", True),
    ],
)
def test_what_counts_as_the_same(one, other, same):
    assert (exact(one) == exact(other)) is same


def test_different_comments_have_different_ones():
    letters = {letters_of(text) for text in TEXTS} - {""}
    assert len(letters) > 60
    assert len({fingerprint(each) for each in letters}) == len(letters)
    everywhere = fingerprint("bravo")
    assert fingerprint("bravo", within=1) not in (
        everywhere,
        fingerprint("bravo", within=2),
    )


CHANGES = {
    "a word for another": lambda t, dice: _words(t, dice, 1, replaced=True),
    "two words more": lambda t, dice: _words(t, dice, 2, replaced=False),
    "another greeting": lambda t, dice: f"Bonjour à tous, {t}",
    "a word out": lambda t, dice: " ".join(_without_one(t.split(), dice)),
}


def _words(text, dice, count, *, replaced):
    words = text.split()
    for _ in range(count):
        at = dice.randrange(len(words))
        words[at : at + replaced] = [dice.choice(dice.choice(LONG).split())]
    return " ".join(words)


def _without_one(words, dice):
    at = dice.randrange(len(words))
    return words[:at] + words[at + 1 :]


@pytest.mark.parametrize("change", CHANGES)
def test_most_copies_that_were_changed_a_little_are_found(change):
    dice = random.Random(11)  # noqa: S311
    texts = [text for text in LONG if len(letters_of(text)) >= 80]
    assert len(texts) > 20
    found = 0
    for text in texts:
        one, other = (
            shingles(letters_of(each)) for each in (text, CHANGES[change](text, dice))
        )
        shared = set(bands(one)) & set(bands(other))
        found += bool(shared) and likeness(one, other) >= ALIKE
    assert found / len(texts) >= 0.95


def test_different_comments_are_not_taken_for_copies():
    pieces = [(text, shingles(letters_of(text))) for text in LONG]
    near = [
        (one, other)
        for (one, a), (other, b) in combinations(pieces, 2)
        if likeness(a, b) >= ALIKE
    ]
    assert near == []
