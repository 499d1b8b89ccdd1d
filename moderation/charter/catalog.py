"""The charter as shipped, out of ``data/charter.toml``. No database."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from moderation.rules.match import Category

SHIPPED_CHARTER = Path(__file__).resolve().parent.parent / "data" / "charter.toml"
LANGUAGES = ("fr", "en")

Texts = Mapping[str, str]
"""{language: text}, in each of LANGUAGES."""


class Kind(StrEnum):
    """What a rule of the charter is set by."""

    MODE = "mode"
    NUMBER = "number"
    HOURS = "hours"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class ShippedClause:
    """A clause, or a procedure, as shipped; ``code`` is never renamed.

    ``accepted`` and ``refused`` are {language: examples}.
    """

    code: str
    title: Texts
    text: Texts
    accepted: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ShippedRule:
    """A switch as shipped, for the sake of a clause.

    ``number`` lies between ``least`` and ``most``; ``opens`` and ``closes`` are hours of
    the newspaper. ``categories`` are those of the engine's matches that it lets hold,
    ``engine`` the rule of ``rules.toml`` that finds them.
    """

    code: str
    clause: str
    kind: Kind
    enabled: bool
    title: Texts
    help: Texts
    number: int | None
    least: int
    most: int
    opens: time | None
    closes: time | None
    categories: frozenset[Category]
    engine: str


@cache
def shipped_clauses() -> Mapping[str, ShippedClause]:
    """{code: clause}, in the order of the charter."""
    return {code: _clause(code, each) for code, each in _file()["clauses"].items()}


@cache
def shipped_procedures() -> Mapping[str, ShippedClause]:
    """{code: what the newspaper does}, in the order of the page."""
    return {code: _clause(code, each) for code, each in _file()["procedures"].items()}


@cache
def shipped_rules() -> Mapping[str, ShippedRule]:
    """{code: rule}, in the order of the charter."""
    return {code: _rule(code, each) for code, each in _file()["rules"].items()}


@cache
def holding_rules() -> Mapping[Category, str]:
    """{category of a match: the rule that says whether it holds}; others always may."""
    return {
        category: code
        for code, rule in shipped_rules().items()
        for category in rule.categories
    }


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(SHIPPED_CHARTER.read_text(encoding="utf-8"))


def _clause(code: str, table: dict[str, Any]) -> ShippedClause:
    return ShippedClause(
        code=code,
        title={language: table[language] for language in LANGUAGES},
        text={language: table[f"text_{language}"] for language in LANGUAGES},
        accepted={lang: tuple(table.get(f"accepted_{lang}", ())) for lang in LANGUAGES},
        refused={lang: tuple(table.get(f"refused_{lang}", ())) for lang in LANGUAGES},
    )


def _rule(code: str, table: dict[str, Any]) -> ShippedRule:
    return ShippedRule(
        code=code,
        clause=table["clause"],
        kind=Kind(table["kind"]),
        enabled=table["enabled"],
        title={language: table[language] for language in LANGUAGES},
        help={language: table[f"help_{language}"] for language in LANGUAGES},
        number=table.get("number"),
        least=table.get("least", 0),
        most=table.get("most", 0),
        opens=_hour(table.get("opens")),
        closes=_hour(table.get("closes")),
        categories=frozenset(map(Category, table.get("categories", ()))),
        engine=table.get("engine", ""),
    )


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
