"""Stretched letters."""

import pytest

from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

STRETCHED = [
    ("Jamaiiiiis je ne voterai pour lui.", "Jamaiiiiis"),
    ("Je suis furieuuuuse, c'est tout.", "furieuuuuse"),
    ("Nooooon !", "Nooooon"),
    ("C'est loooong", "loooong"),
    ("Bonnnne nuit", "Bonnnne"),
]

PLAIN = [
    "Une école créée en 1882, agréée en 1901.",
    "Une école cre\u0301e\u0301e en 1882.",
    "Louis XVIII et le facteur XIIIa, IIIe siècle",
    "La note AAA et la taille XXXL",
    "Voir www.exemple.fr",
    "Hahaha, mdrrr, pfff, grrr, hmmm, ahhh",
    "1000000 de fois",
]


@pytest.mark.parametrize(("text", "word"), STRETCHED)
def test_stretched_word_is_found_whole(found: Finder, text: str, word: str) -> None:
    (match,) = found(text, Category.SHOUTING)
    assert (match.rule, match.text) == ("stretching", word)


@pytest.mark.parametrize("text", PLAIN)
def test_spelling_numerals_and_noises_are_not_stretched(
    found: Finder, text: str
) -> None:
    assert not found(text, Category.SHOUTING)
