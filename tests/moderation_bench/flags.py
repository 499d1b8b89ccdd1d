"""What counts as flagged: the one definition that every measure uses."""

from collections.abc import Iterable

from moderation.rules.match import Category, Match, Severity

CATEGORIES = ("insult", "epithet", "shouting")
"""The categories of the labels, in the order of the reports."""

_CATEGORY_OF = {
    Category.INSULT: "insult",
    Category.EPITHET: "epithet",
    Category.SHOUTING: "shouting",
    Category.PUNCTUATION: "shouting",  # the labels call « !!!! » shouting
}


def flags(matches: Iterable[Match]) -> list[tuple[str, Match]]:
    """The matches that flag a text, each with the category the labels give it.

    Threats, contacts, links and so on are other questions than these labels answer.
    """
    return [
        (_CATEGORY_OF[m.category], m) for m in matches if m.category in _CATEGORY_OF
    ]


def without_hints(found: list[tuple[str, Match]]) -> list[tuple[str, Match]]:
    """Without insults and epithets of low severity, which are but hints."""
    return [
        (category, match)
        for category, match in found
        if category == "shouting" or match.severity is not Severity.LOW
    ]


def without_punctuation(found: list[tuple[str, Match]]) -> list[tuple[str, Match]]:
    """Without runs of exclamation and question marks."""
    return [f for f in found if f[1].category is not Category.PUNCTUATION]
