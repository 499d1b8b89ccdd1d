"""Scores as other systems ask for them: how grave what the rules found is.

A score is a place on a scale of severity, from 0 (nothing found) to 1. It is **not** a
probability: nobody measured how often readers object to a text of a given score. Each
severity has its own band, the gravest match chooses the band, and further matches climb
within it, so that a threshold is a choice of severity whatever the text's length.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moderation.engine import Screening
from moderation.rules.match import Category, Match, Severity, Target


class Attribute(StrEnum):
    """What a score is about, under the names of the Perspective API."""

    TOXICITY = "TOXICITY"
    SEVERE_TOXICITY = "SEVERE_TOXICITY"
    INSULT = "INSULT"
    PROFANITY = "PROFANITY"
    THREAT = "THREAT"
    IDENTITY_ATTACK = "IDENTITY_ATTACK"


@dataclass(frozen=True, slots=True)
class SpanScore:
    """The score of one match, in code points of the text as written."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` for the whole text, ``spans`` match by match, in reading order."""

    value: float
    spans: tuple[SpanScore, ...]


_RUDE = frozenset({Category.INSULT, Category.EPITHET, Category.THREAT})
_LOUD = frozenset({Category.SHOUTING, Category.PUNCTUATION})
_COUNTED = {
    Attribute.TOXICITY: _RUDE | _LOUD,
    Attribute.SEVERE_TOXICITY: _RUDE,
    Attribute.INSULT: frozenset({Category.INSULT, Category.EPITHET}),
    Attribute.PROFANITY: frozenset({Category.INSULT}),
    Attribute.THREAT: frozenset({Category.THREAT}),
    Attribute.IDENTITY_ATTACK: _RUDE,  # those that hit a group
}
_BANDS = {
    Severity.LOW: (0.2, 0.5),
    Severity.MEDIUM: (0.6, 0.8),
    Severity.HIGH: (0.8, 1.0),
}
_SEVERE_BANDS = {
    Severity.LOW: (0.0, 0.1),
    Severity.MEDIUM: (0.2, 0.5),
    Severity.HIGH: (0.8, 1.0),
}
"""{severity: (score of one match, what more of them approach)}: what is not grave stays
below the middle where only grave things are asked for."""
_UNREAD = _BANDS[Severity.HIGH][0]
"""A text that the rules could not read to the end is treated as grave (TRUST F14)."""


def score(screening: Screening, attribute: Attribute) -> Score:
    """The score of what ``screening`` found, never lower for more or graver matches."""
    bands = _SEVERE_BANDS if attribute is Attribute.SEVERE_TOXICITY else _BANDS
    counted = [m for m in screening.matches if _counts(m, attribute)]
    value = _value([m.severity for m in counted], bands)
    if screening.incomplete and attribute is Attribute.TOXICITY:
        value = max(value, _UNREAD)
    spans = (SpanScore(m.start, m.end, bands[m.severity][0]) for m in counted)
    return Score(value, tuple(spans))


def _counts(match: Match, attribute: Attribute) -> bool:
    if attribute is Attribute.IDENTITY_ATTACK and match.target is not Target.GROUP:
        return False
    return match.category in _COUNTED[attribute]


def _value(
    severities: Iterable[Severity], bands: dict[Severity, tuple[float, float]]
) -> float:
    """The gravest match's band; each other match fills some of what is left of it."""
    gravest_first = sorted(severities, key=lambda s: s.rank, reverse=True)
    if not gravest_first:
        return 0.0
    floor, ceiling = bands[gravest_first[0]]
    filled = sum(severity.rank + 1 for severity in gravest_first[1:])
    return round(ceiling - (ceiling - floor) * 0.8**filled, 6)
