"""Runs of exclamation and question marks."""

import pytest

from moderation.rules.match import Category, Severity
from tests.moderation.rules.conftest import Finder

REPEATED = [
    ("Encore une usine fermée!!!!", [(23, 27)]),
    ("Et qui va payer????", [(15, 19)]),
    ("Quoi ?!?! Non !!! Si.", [(5, 9), (14, 17)]),
    ("Assez ! ! ! vraiment", [(6, 11)]),
    ("Assez\u00a0!\u00a0!\u00a0!", [(6, 11)]),
    ("Ah ‼! bon", [(3, 5)]),
    ("Encore ！！！", [(7, 10)]),
]


@pytest.mark.parametrize(("text", "spans"), REPEATED)
def test_runs_are_found(found: Finder, text: str, spans: list[tuple[int, int]]) -> None:
    matches = found(text, Category.PUNCTUATION)
    assert [(m.start, m.end) for m in matches] == spans
    assert {m.severity for m in matches} == {Severity.LOW}


@pytest.mark.parametrize(
    "text",
    ["Ah bon ?! Je l'ignorais.", "Bravo !!", "Quoi ?", "Eh bien...", "Non ! Si !"],
)
def test_one_or_two_marks_are_fine(found: Finder, text: str) -> None:
    assert not found(text, Category.PUNCTUATION)
