"""The screening engine: runs every rule over a text and keeps all their matches."""

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from time import thread_time
from typing import Any, Protocol

from moderation.policy import Action, action_for
from moderation.rules.budget import OutOfTime
from moderation.rules.capitals import CapitalsRule
from moderation.rules.config import RuleConfigs, shipped_config
from moderation.rules.contact import ContactRule
from moderation.rules.document import Document
from moderation.rules.emoji import EmojiRule
from moderation.rules.epithets import EpithetRule
from moderation.rules.graphemes import on_clusters
from moderation.rules.index import LexiconIndex
from moderation.rules.insults import LexiconRule
from moderation.rules.languages import LanguageRule
from moderation.rules.length import LengthRule
from moderation.rules.lexicon import Entry, shipped_entries
from moderation.rules.links import LinkRule
from moderation.rules.match import Match
from moderation.rules.patterns import Pattern, usable
from moderation.rules.punctuation import PunctuationRule
from moderation.rules.repetition import RepetitionRule
from moderation.rules.stretching import StretchingRule
from moderation.rules.threats import ThreatRule
from moderation.rules.trace import Note, Trace

MAX_SCREENED = 120_000  # code points; what comes after is left to the moderator
READING = "reading"
"""In ``Screening.incomplete``: the text was too long, or too slow, to be read whole."""
_Found = dict[tuple[int, int, str, str], Match]


class Rule(Protocol):
    """Finds the spans it objects to."""

    name: str

    def find(self, document: Document) -> Iterator[Match]: ...


@dataclass(frozen=True, slots=True)
class Screening:
    """What the rules found in one text, in reading order, and the action they call for.

    ``incomplete`` names the rules that ran out of time: the comment is then held.
    ``languages`` are those the text seems written in, the likeliest first (ISO 639-1);
    empty if nothing tells.
    """

    matches: tuple[Match, ...]
    action: Action
    incomplete: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A screening with what it considered.

    ``folded`` is the text as the rules read it; ``notes`` say why terms and guards did
    not count; ``seconds`` is the processor time by rule.
    """

    screening: Screening
    folded: str
    notes: tuple[Note, ...]
    seconds: dict[str, float]


class Engine:
    """The rules over one lexicon. Immutable once built, safe to share among threads.

    ``config`` holds each rule's switch and thresholds, ``patterns`` the editors' own;
    ``only`` names the rules to run, all by default. ``refused`` are the patterns that
    do not compile: they are left out.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        config: RuleConfigs | None = None,
        patterns: Iterable[Pattern] = (),
        only: Collection[str] | None = None,
    ) -> None:
        config = shipped_config() if config is None else config
        with _no_collections():
            self._index = LexiconIndex(entries)
        acronyms = self._index.acronyms
        own, self.refused = usable(patterns)
        rules: list[Rule] = [
            CapitalsRule(acronyms, config["capitals"]),
            StretchingRule(acronyms, config["stretching"]),
            PunctuationRule(config["punctuation"]),
            EmojiRule(config["emoji"]),
            LexiconRule(),
            EpithetRule(),
            ThreatRule(),
            ContactRule(),
            LinkRule(config["link"]),
            RepetitionRule(config["repetition"]),
            LengthRule(config["length"]),
            LanguageRule(config["language"]),
            *own,
        ]
        self._rules = [
            rule
            for rule in rules
            if config[rule.name].enabled and (only is None or rule.name in only)
        ]

    def runs(self, rule: str) -> bool:
        """Whether the rule named ``rule`` is switched on."""
        return any(each.name == rule for each in self._rules)

    def screen(
        self, text: str, *, lang: str = "fr", earlier: Sequence[str] = ()
    ) -> Screening:
        """Screen ``text``. ``lang`` is the language the site expects.

        The lexicons of every language apply, since a comment may mix them. ``earlier``
        are texts its author wrote before, for the rule against repetition.
        """
        return self._screen(text, lang, earlier, None)[0]

    def explain(
        self, text: str, *, lang: str = "fr", earlier: Sequence[str] = ()
    ) -> Explanation:
        """As :meth:`screen`, with why each term and guard counted or did not."""
        trace = Trace()
        screening, document = self._screen(text, lang, earlier, trace)
        notes = sorted(set(trace.notes), key=lambda note: (note.start, note.end))
        return Explanation(screening, document.folded.text, tuple(notes), trace.seconds)

    def _screen(
        self, text: str, lang: str, earlier: Sequence[str], trace: Trace | None
    ) -> tuple[Screening, Document]:
        read = text[:MAX_SCREENED]
        document = Document(read, lang, self._index, earlier=earlier, trace=trace)
        found: _Found = {}
        incomplete = [] if len(read) == len(text) else [READING]
        for rule in self._rules:
            started = thread_time() if trace is not None else 0.0
            document.deadline.next_rule()
            try:
                for m in rule.find(document):
                    found.setdefault((m.start, m.end, m.rule, m.term), m)
                    document.deadline.check()
            except OutOfTime:
                incomplete.append(rule.name)
            if trace is not None:
                spent = thread_time() - started
                trace.seconds[rule.name] = trace.seconds.get(rule.name, 0.0) + spent
        if document.unread:
            incomplete.append(READING)
        matches = _in_order(found, read) if found else ()
        left = tuple(dict.fromkeys(incomplete))
        action = action_for(matches, incomplete=bool(left))
        return Screening(matches, action, left, document.languages), document


@contextmanager
def _no_collections() -> Iterator[None]:
    """An index is many objects and no garbage: looking for some takes a sixth of it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _in_order(found: _Found, text: str) -> tuple[Match, ...]:
    """Matches of whole characters in reading order."""
    whole: _Found = {
        (m.start, m.end, m.rule, m.term): m for m in on_clusters(found.values(), text)
    }
    return tuple(whole[key] for key in sorted(whole))


@cache
def default_engine() -> Engine:
    """The engine over the shipped lexicon, built at first use."""
    return Engine(shipped_entries())


def screen(
    text: str,
    *,
    lang: str = "fr",
    engine: Engine | None = None,
    earlier: Sequence[str] = (),
) -> Screening:
    """Screen ``text`` with ``engine``, or with the shipped lexicon."""
    return (engine or default_engine()).screen(text, lang=lang, earlier=earlier)


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
