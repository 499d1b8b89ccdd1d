"""The lexicon and the rules that editors keep, as the engine every process screens with."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from moderation.changes import raise_version
from moderation.engine import Engine, default_engine
from moderation.loading import load_shipped_terms
from moderation.models import EditorPattern, LexiconVersion, RuleSetting, Term
from moderation.pattern_refusals import refusal
from moderation.rules.config import RuleConfigs, shipped_config
from moderation.rules.lexicon import Entry, shipped_entries
from moderation.rules.patterns import Pattern, PatternError, compiled

__all__ = [
    "current_engine",
    "kept_config",
    "kept_entries",
    "lexicon_changed",
    "load_shipped_terms",
    "raise_version",
    "readable",
    "readable_terms",
    "unusable_patterns",
    "unusable_terms",
]


@dataclass(frozen=True, slots=True)
class _Built:
    """The engine over version ``number``, and {term left out of it: why}."""

    number: int
    engine: Engine
    unusable: Mapping[str, str] = field(default_factory=dict)


_lock = Lock()
_built: _Built | None = None


def current_engine() -> Engine:
    """The engine over the editors' terms, settings and patterns.

    Costs one small query, and is rebuilt when their version has changed. Before
    `load_lexicon` has run, or anything was changed, the shipped lexicon serves.
    """
    return _current().engine


def unusable_terms() -> Mapping[str, str]:
    """{text: why} of the active terms that screening has to leave out.

    The form refuses such a term; it can only come from elsewhere (TRUST F13).
    """
    return _current().unusable


def _current() -> _Built:
    global _built
    number = LexiconVersion.objects.values_list("number", flat=True).first() or 0
    if number == 0:
        return _Built(number, default_engine())
    with _lock:
        if _built is None or _built.number != number:
            _built = _kept(number)
            # Its 100,000 objects would be walked by each full collection, a pause of
            # 50 ms; it holds no cycle, so that it goes when the next one replaces it
            gc.collect()
            gc.freeze()
        return _built


def kept_config() -> RuleConfigs:
    """Every shipped rule, with the switch and thresholds that editors set. One query."""
    settings = {setting.rule: setting for setting in RuleSetting.objects.all()}
    return {
        name: settings[name].configured(shipped) if name in settings else shipped
        for name, shipped in shipped_config().items()
    }


def unusable_patterns() -> dict[str, str]:
    """{name: why} of the active patterns that screening has to leave out. One query.

    The form refuses such a pattern; it can only come from elsewhere (TRUST F13).
    """
    refused: dict[str, str] = {}
    for kept in EditorPattern.objects.active():
        try:
            compiled(kept.as_pattern().regex)
        except PatternError as error:
            refused[kept.name] = refusal(error)
        except ValueError as error:  # a category or severity that no rule knows
            refused[kept.name] = str(error)
    return refused


def lexicon_changed(**_kwargs: Any) -> None:
    """Receiver of the signals sent when a term, setting or pattern is saved or deleted."""
    raise_version()


def _kept(number: int) -> _Built:
    unusable: dict[str, str] = {}
    engine = Engine(
        kept_entries(unusable),
        config=kept_config(),
        patterns=readable(EditorPattern.objects.active()),
    )
    return _Built(number, engine, unusable)


def kept_entries(unusable: dict[str, str] | None = None) -> Iterator[Entry]:
    """The terms in service; beside them the shipped ones, until they are loaded.

    Those that no rule can read are left out, and put in ``unusable``: {text: why}.
    """
    terms = list(Term.objects.all())
    if all(term.origin == Term.Origin.EDITOR for term in terms):
        kept = {(term.language, term.kind, term.text) for term in terms}
        for entry in shipped_entries():
            if (entry.language, entry.kind, entry.text) not in kept:
                yield entry
    yield from readable_terms((term for term in terms if term.active), unusable)


def readable_terms(
    terms: Iterable[Term], unusable: dict[str, str] | None = None
) -> Iterator[Entry]:
    """Those of ``terms`` that rules can read; the others go to ``unusable``."""
    for term in terms:
        try:
            yield term.as_entry()
        except ValueError as error:
            if unusable is not None:
                unusable[term.text] = str(error)


def readable(kept: Iterable[EditorPattern]) -> Iterator[Pattern]:
    """Those of ``kept`` that a rule can be made of."""
    for each in kept:
        try:
            yield each.as_pattern()
        except ValueError:  # `unusable_patterns` tells
            continue
