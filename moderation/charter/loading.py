"""The shipped charter into the database. What editors changed stays as it is."""

from typing import Any

from django.db import transaction

from moderation.charter.catalog import (
    LANGUAGES,
    ShippedClause,
    shipped_clauses,
    shipped_procedures,
    shipped_rules,
)
from moderation.charter.models import CharterClause, CharterRule
from moderation.rule_models import Origin

Part = CharterClause.Part


@transaction.atomic
def load_shipped_charter() -> dict[str, int]:
    """Make the missing clauses and site rules, update those nobody has touched.

    Returns counts by outcome; can be repeated.
    """
    counts = {"added": 0, "updated": 0, "kept": 0}
    clauses = {clause.code: clause for clause in CharterClause.objects.all()}
    for part, shipped in (
        (Part.CLAUSE, shipped_clauses()),
        (Part.PROCEDURE, shipped_procedures()),
    ):
        for position, (code, each) in enumerate(shipped.items(), start=1):
            clause = clauses.get(code) or CharterClause(code=code)
            counts[_load(clause, _values(each, part, 10 * position))] += 1
    site = CharterRule.objects.filter(section=None, article=None)
    rules = {rule.rule: rule for rule in site}
    for code, rule in shipped_rules().items():
        values = {
            "enabled": rule.enabled,
            "number": rule.number,
            "opens": rule.opens,
            "closes": rule.closes,
        }
        counts[_load(rules.get(code) or CharterRule(rule=code), values)] += 1
    return counts


def _load(row: CharterClause | CharterRule, values: dict[str, Any]) -> str:
    """Give ``row`` its shipped ``values``; what became of it."""
    new = row.pk is None
    if not new:
        same = all(getattr(row, name) == value for name, value in values.items())
        if row.origin == Origin.EDITOR or same:
            return "kept"
    for name, value in values.items():
        setattr(row, name, value)
    row.origin = Origin.SHIPPED
    row.save()
    return "added" if new else "updated"


def _values(clause: ShippedClause, part: str, position: int) -> dict[str, Any]:
    values: dict[str, Any] = {"part": part, "position": position}
    for language in LANGUAGES:
        values[f"title_{language}"] = clause.title[language]
        values[f"text_{language}"] = clause.text[language]
        values[f"accepted_{language}"] = "\n".join(clause.accepted[language])
        values[f"refused_{language}"] = "\n".join(clause.refused[language])
    return values
