"""What a rule reports: one objection to one span of a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a match objects to, as moderators filter the queue."""

    SHOUTING = "shouting"
    PUNCTUATION = "punctuation"
    INSULT = "insult"
    EPITHET = "epithet"
    THREAT = "threat"
    CONTACT = "contact"
    LINK = "link"
    REPETITION = "repetition"
    LENGTH = "length"
    LANGUAGE = "language"
    OTHER = "other"


class Target(StrEnum):
    """Whom a match hits, where the text tells."""

    NOBODY = ""
    READER = "reader"
    """Whoever the comment speaks to: « tu es un … », « vous êtes tous des … »."""
    JOURNALIST = "journalist"
    """The newspaper, its journalists or the press."""
    PERSON = "person"
    """Somebody in the news: « ce ministre est un … »."""
    GROUP = "group"
    """People of an origin, religion, sex, opinion, or any « bande de … »."""


class Severity(StrEnum):
    """How grave a match is. Order with :attr:`rank`, not by comparing strings."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 1 for medium, 2 for high."""
        return _RANKS[self]


_RANKS = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's objection to ``text[start:end]``, in code points of the text as written.

    ``rule`` is stored with decisions: never reused or renamed. ``rule_version`` is
    raised when the rule's behaviour changes. ``explanation`` holds one sentence for
    moderators in each language: ``{"fr": …, "en": …}``. ``term`` is the lexicon lemma
    or the pattern's name, empty where there is none; ``variant`` the disguise the term
    was read through (:data:`moderation.rules.insults.VARIANTS`), empty if it is plain.
    """

    rule: str
    rule_version: int
    category: Category
    severity: Severity
    start: int
    end: int
    text: str
    explanation: Mapping[str, str]
    term: str = ""
    variant: str = ""
    target: Target = Target.NOBODY
