"""Flags of a text, written so that one column of the queue can be searched for them.

A mark is « category.severity.rule »; an entry's marks stand between single spaces, with
one before and one after, each mark once: `` insult.high.lexicon link.low.link ``.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from moderation.rules.match import Category, Severity

THREAT_MARK = f" {Category.THREAT.value}."
"""What the marks of a text with a threat contain."""


def marks_of(flags: Iterable[tuple[str, str, str]]) -> str:
    """The marks of (category, severity, rule) triples; empty if there are none."""
    marks = sorted({".".join(flag) for flag in flags})
    return f" {' '.join(marks)} " if marks else ""


def marked(column: str, *, category: str, severity: str, rule: str) -> Q:
    """The condition that one mark in ``column`` has all that is not empty."""
    if category and rule and not severity:
        return Q.create(
            [
                marked(column, category=category, severity=each.value, rule=rule)
                for each in Severity
            ],
            connector=Q.OR,
        )
    before = f" {category}." if category else "."
    middle = f"{severity}." if severity else ""
    after = f"{rule} " if rule else ""
    return Q((f"{column}__contains", before + middle + after))


@dataclass(slots=True)
class MarkCounts:
    """{value: how many texts have at least one flag with it}, for each kind of value."""

    categories: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, marks: str, texts: int) -> None:
        """Count ``texts`` that have these ``marks``."""
        split = [mark.split(".", 2) for mark in marks.split()]
        for counter, place in (
            (self.categories, 0),
            (self.severities, 1),
            (self.rules, 2),
        ):
            for value in {parts[place] for parts in split}:
                counter[value] += texts
