"""The lexicon and the rules that editors keep, as the engine every process screens with."""

from collections.abc import Iterable, Iterator
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
    "unusable_patterns",
]

_lock = Lock()
_built: tuple[int, Engine] | None = None


def current_engine() -> Engine:
    """The engine over the editors' terms, settings and patterns.

    Costs one small query, and is rebuilt when their version has changed. Before
    `load_lexicon` has run, or anything was changed, the shipped lexicon serves.
    """
    global _built
    number = LexiconVersion.objects.values_list("number", flat=True).first() or 0
    if number == 0:
        return default_engine()
    with _lock:
        if _built is None or _built[0] != number:
            _built = number, _kept_engine()
        return _built[1]


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


def _kept_engine() -> Engine:
    return Engine(
        kept_entries(),
        config=kept_config(),
        patterns=readable(EditorPattern.objects.active()),
    )


def kept_entries() -> Iterator[Entry]:
    """The terms in service; beside them the shipped ones, until they are loaded."""
    terms = list(Term.objects.all())
    if all(term.origin == Term.Origin.EDITOR for term in terms):
        kept = {(term.language, term.kind, term.text) for term in terms}
        for entry in shipped_entries():
            if (entry.language, entry.kind, entry.text) not in kept:
                yield entry
    yield from (term.as_entry() for term in terms if term.active)


def readable(kept: Iterable[EditorPattern]) -> Iterator[Pattern]:
    """Those of ``kept`` that a rule can be made of."""
    for each in kept:
        try:
            yield each.as_pattern()
        except ValueError:  # `unusable_patterns` tells
            continue
