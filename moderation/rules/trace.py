"""What the rules considered and let go, for an editor who asks why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """Why a lexicon term in the text raised no match, or why a guard held or did not."""

    GUARDED = "guarded"
    CONTEXT = "context"
    GUARD_HELD = "guard_held"
    GUARD_CAPITALS = "guard_capitals"
    GUARD_ACCENTS = "guard_accents"
    GUARD_DISGUISE = "guard_disguise"
    NOT_AIMED = "not_aimed"
    NAME = "name"
    LITERAL = "literal"
    ALONE = "alone"
    REPORTED = "reported"


OUTCOMES: Mapping[Outcome, Mapping[str, str]] = {
    Outcome.GUARDED: {
        "fr": "le mot est dans une expression admise",
        "en": "the word is inside an allowed phrase",
    },
    Outcome.CONTEXT: {
        "fr": "le texte parle d’un sujet où le mot est honnête",
        "en": "the text is about something of which the word is an honest one",
    },
    Outcome.GUARD_HELD: {
        "fr": "expression admise reconnue\u00a0: rien n’y est relevé",
        "en": "allowed phrase recognised: nothing in it is flagged",
    },
    Outcome.GUARD_CAPITALS: {
        "fr": "expression admise, mais les majuscules ne sont pas les siennes",
        "en": "allowed phrase, but its capitals are not those of the text",
    },
    Outcome.GUARD_ACCENTS: {
        "fr": "expression admise, mais les accents ne sont pas les siens",
        "en": "allowed phrase, but its accents are not those of the text",
    },
    Outcome.GUARD_DISGUISE: {
        "fr": "expression admise, mais déguisée dans le texte\u00a0: elle n’excuse rien",
        "en": "allowed phrase, but disguised in the text: it excuses nothing",
    },
    Outcome.NOT_AIMED: {
        "fr": "rien ne montre que le mot vise quelqu’un",
        "en": "nothing shows that the word is aimed at someone",
    },
    Outcome.NAME: {
        "fr": "c’est un nom propre ou un sigle",
        "en": "it is a proper name or an acronym",
    },
    Outcome.LITERAL: {
        "fr": "la phrase parle d’animaux, de théâtre ou de choses",
        "en": "the sentence is about animals, theatre or things",
    },
    Outcome.REPORTED: {
        "fr": "le mot est cité ou rapporté plutôt que lancé",
        "en": "the word is quoted or reported rather than thrown",
    },
    Outcome.ALONE: {
        "fr": "le mot ne rabaisse que joint à un autre, qui manque ici",
        "en": "the word belittles only beside another, which is missing here",
    },
}


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one lexicon term, in code points of the text as written.

    ``by`` is the guard that covered it, empty where none did.
    """

    term: str
    kind: str
    start: int
    end: int
    text: str
    outcome: Outcome
    by: str = ""

    @property
    def reason(self) -> Mapping[str, str]:
        """Why, in a phrase for each language."""
        return OUTCOMES[self.outcome]


@dataclass(slots=True)
class Trace:
    """Notes taken while the rules read one text, and the seconds each rule took."""

    notes: list[Note] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
