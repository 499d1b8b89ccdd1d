"""The screening engine: runs every rule over a text and keeps all their matches."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from moderation.policy import Action, action_for
from moderation.rules.capitals import CapitalsRule
from moderation.rules.document import Document
from moderation.rules.epithets import EpithetRule
from moderation.rules.index import LexiconIndex
from moderation.rules.insults import LexiconRule
from moderation.rules.lexicon import Entry, shipped_entries
from moderation.rules.match import Match
from moderation.rules.punctuation import PunctuationRule
from moderation.rules.stretching import StretchingRule


@dataclass(frozen=True, slots=True)
class Screening:
    """What the rules found in one text, in reading order, and the action they call for."""

    matches: tuple[Match, ...]
    action: Action


class Engine:
    """The rules over one lexicon. Immutable once built, safe to share among threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._index = LexiconIndex(entries)
        self._rules = (
            CapitalsRule(self._index.acronyms),
            StretchingRule(self._index.acronyms),
            PunctuationRule(),
            LexiconRule(),
            EpithetRule(),
        )

    def screen(self, text: str, *, lang: str = "fr") -> Screening:
        """Screen ``text``. ``lang`` is the language the site expects.

        The lexicons of every language apply, since a comment may mix them.
        """
        document = Document(text, lang, self._index)
        found = {
            (m.start, m.end, m.rule, m.term): m
            for rule in self._rules
            for m in rule.find(document)
        }
        matches = tuple(found[key] for key in sorted(found))
        return Screening(matches, action_for(matches))


@cache
def default_engine() -> Engine:
    """The engine over the shipped lexicon, built at first use."""
    return Engine(shipped_entries())


def screen(text: str, *, lang: str = "fr", engine: Engine | None = None) -> Screening:
    """Screen ``text`` with ``engine``, or with the shipped lexicon."""
    return (engine or default_engine()).screen(text, lang=lang)


def as_json(screening: Screening, lang: str = "fr") -> dict[str, Any]:
    """The line `manage.py screen` writes; explanations in ``lang``, else in French."""
    return {
        "flags": [
            {
                "rule": m.rule,
                "category": str(m.category),
                "severity": str(m.severity),
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "explanation": m.explanation.get(lang, m.explanation["fr"]),
            }
            for m in screening.matches
        ],
        "action": str(screening.action),
    }
