"""docs/moderation.md: every example in it does what the guide says, errors included."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from moderation.engine import Explanation, default_engine
from moderation.rules.config import shipped_config

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "moderation.md"
SEVERITIES = {"low": "faible", "medium": "moyenne", "high": "grave"}
NO_TERM = "—"
"""In the column of reasons: no term of the lexicon was considered."""


@cache
def examples(heading: str) -> list[tuple[str, ...]]:
    """The rows of every table whose first column is called ``heading``."""
    return list(_rows(heading))


def _rows(heading: str) -> Iterator[tuple[str, ...]]:
    inside = False
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = tuple(cell.strip().replace("`", "") for cell in line.split("|")[1:-1])
        if cells[0] == heading:
            inside = True
        elif inside and not re.fullmatch("-+", cells[0]):
            yield cells


def explained(text: str) -> Explanation:
    return default_engine().explain(text)


@pytest.mark.parametrize(
    ("heading", "fewest"),
    [("relevé", 40), ("laissé", 20), ("manqué", 5), ("relevé à tort", 5)],
)
def test_guide_has_examples(heading: str, fewest: int) -> None:
    assert len(examples(heading)) >= fewest


@pytest.mark.parametrize(
    ("text", "passage", "rule", "severity"), examples("relevé"), ids=str
)
def test_flagged_as_the_guide_says(
    text: str, passage: str, rule: str, severity: str
) -> None:
    titles = {name: config.title["fr"] for name, config in shipped_config().items()}
    found = [
        (match.text, titles[match.rule], SEVERITIES[match.severity])
        for match in explained(text).screening.matches
    ]
    assert (passage, rule, severity) in found


@pytest.mark.parametrize(("text", "why"), examples("laissé"), ids=str)
def test_let_go_for_the_reason_the_guide_says(text: str, why: str) -> None:
    explanation = explained(text)
    assert explanation.screening.matches == ()
    reasons = {note.reason["fr"] for note in explanation.notes}
    if why == NO_TERM:
        assert not reasons
    else:
        assert why in reasons


@pytest.mark.parametrize(("text", "sort"), examples("manqué"), ids=str)
def test_still_missed(text: str, sort: str) -> None:
    """Rules that learn to find one are welcome: the guide is then out of date."""
    assert explained(text).screening.matches == (), sort


@pytest.mark.parametrize(("text", "sort"), examples("relevé à tort"), ids=str)
def test_still_flagged_wrongly(text: str, sort: str) -> None:
    assert explained(text).screening.matches != (), sort


def test_guide_names_each_rule() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    titles = {config.title["fr"] for config in shipped_config().values()}
    assert {title for title in titles if title not in text} == set()
