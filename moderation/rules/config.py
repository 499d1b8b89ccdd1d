"""Switches and thresholds of the rules, shipped as ``data/rules.toml``.

Editors change them; a rule reads its thresholds by name::

    [capitals]
    enabled = true
    fr = "Capitales"
    en = "Capitals"
    [capitals.thresholds.letters]
    value = 9
    least = 3
    most = 100
    fr = "lettres en capitales à partir desquelles une suite de mots crie"
    en = "letters in capitals from which a run of words shouts"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

SHIPPED_RULES = Path(__file__).resolve().parent.parent / "data" / "rules.toml"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A whole number that a rule is tuned by, its bounds, and what it means."""

    value: int
    least: int
    most: int
    meaning: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleConfig:
    """One rule's switch and thresholds; ``title`` and ``help`` are {"fr": …, "en": …}."""

    enabled: bool
    title: Mapping[str, str]
    help: Mapping[str, str]
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.thresholds[name].value

    def changed(
        self, *, enabled: bool | None = None, values: Mapping[str, int] | None = None
    ) -> "RuleConfig":
        """A copy with another switch and other values, kept within their bounds.

        Names that the rule does not know are left out: a former version's threshold
        does no harm.
        """
        thresholds = dict(self.thresholds)
        for name, value in (values or {}).items():
            if name in thresholds:
                known = thresholds[name]
                kept = min(max(value, known.least), known.most)
                thresholds[name] = replace(known, value=kept)
        switch = self.enabled if enabled is None else enabled
        return replace(self, enabled=switch, thresholds=thresholds)


RuleConfigs = Mapping[str, RuleConfig]
"""{name of the rule: its configuration}."""

AUTHOR_RULES = frozenset({"newcomer", "record"})
"""Rules of authors: no text is screened by them (`moderation.author_holds`)."""


@cache
def shipped_config() -> RuleConfigs:
    """Every rule as the project ships it."""
    data = tomllib.loads(SHIPPED_RULES.read_text(encoding="utf-8"))
    return {name: _rule(table) for name, table in data.items()}


def text_rules() -> RuleConfigs:
    """Those that find something in a text."""
    return {n: c for n, c in shipped_config().items() if n not in AUTHOR_RULES}


def _rule(table: Mapping) -> RuleConfig:
    return RuleConfig(
        enabled=table["enabled"],
        title={"fr": table["fr"], "en": table["en"]},
        help={"fr": table["help_fr"], "en": table["help_en"]},
        thresholds={
            name: Threshold(
                value=each["value"],
                least=each["least"],
                most=each["most"],
                meaning={"fr": each["fr"], "en": each["en"]},
            )
            for name, each in table.get("thresholds", {}).items()
        },
    )
