"""Terms and rules out of files, shipped or exported, into the database.

What editors added, changed or switched off stays, and nothing is ever deleted.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from moderation.changes import Kept, Values, record, take_turn, values_of
from moderation.models import RuleSetting, Term
from moderation.rule_models import Origin
from moderation.rules.config import shipped_config
from moderation.rules.lexicon import Entry, shipped_entries
from moderation.term_file import FiledTerm

Key = tuple[str, str, str]
Changed = list[tuple[Kept, Values | None, Values | None]]

_FIELDS = ["tier", "severity", "forms", "note", "target", "active", "origin"]


def load_shipped_terms() -> dict[str, int]:
    """Bring the shipped lexicon into the database; return counts by outcome.

    A shipped term is updated only while nobody has touched it (origin « livré »); one
    that was only switched off stays off, and the rest of it is updated. One that is
    shipped no more goes out of service.
    """
    return _load(
        [FiledTerm(entry) for entry in shipped_entries()], switches=False, replace=False
    )


def load_filed_terms(
    filed: Iterable[FiledTerm], *, replace: bool = False
) -> dict[str, int]:
    """Bring terms of an exported file into the database; return counts by outcome.

    A term that editors have changed here is kept, unless ``replace``: then the file
    wins. A term that the project ships, with the values it ships, stays « livré ».
    """
    return _load(list(filed), switches=True, replace=replace)


@transaction.atomic
def load_shipped_rules() -> dict[str, int]:
    """Make the missing settings of shipped rules, and update those nobody has touched."""
    take_turn()
    known = {setting.rule: setting for setting in RuleSetting.objects.all()}
    counts = {"added": 0, "updated": 0, "kept": 0}
    changed: Changed = []
    for name in shipped_config():
        setting = known.get(name)
        if setting is None:
            setting, before = RuleSetting(rule=name), None
            outcome = "added"
        elif setting.origin == Origin.EDITOR:
            counts["kept"] += 1
            continue
        else:
            before = values_of(setting)
            outcome = "updated"
        as_shipped(setting)
        if values_of(setting) == before:
            counts["kept"] += 1
            continue
        counts[outcome] += 1
        setting.save()
        changed.append((setting, before, values_of(setting)))
    if changed:
        record(changed, by=None)
    return counts


def as_shipped(setting: RuleSetting) -> RuleSetting:
    """``setting`` with the values its rule is shipped with, not yet stored."""
    shipped = shipped_config()[setting.rule]
    setting.enabled = shipped.enabled
    setting.values = {name: t.value for name, t in shipped.thresholds.items()}
    setting.origin = Origin.SHIPPED
    return setting


@transaction.atomic
def _load(filed: list[FiledTerm], *, switches: bool, replace: bool) -> dict[str, int]:
    """Store ``filed``, with ``switches`` an editor's file that says what is in service.

    Without, ``filed`` is all that is shipped.
    """
    take_turn()
    shipped = {_key(entry): entry for entry in shipped_entries()}
    known = {_key(term): term for term in Term.objects.all()}
    added: list[Term] = []
    updated: list[Term] = []
    befores: list[Values] = []
    kept = 0
    for key, each in {_key(each.entry): each for each in filed}.items():
        entry = each.entry
        values = _fields(entry)
        values["origin"] = (
            Origin.SHIPPED if shipped.get(key) == entry else Origin.EDITOR
        )
        if switches:
            values["active"] = each.active
        term = known.get(key)
        if term is None:
            added.append(Term(**values))
            continue
        mine = term.origin == Origin.EDITOR and not replace
        same = all(getattr(term, name) == value for name, value in values.items())
        if mine or same:
            kept += 1
            continue
        befores.append(values_of(term))
        for name, value in values.items():
            setattr(term, name, value)
        updated.append(term)
    if not switches:
        for key, term in known.items():
            if term.origin == Origin.SHIPPED and term.active and key not in shipped:
                befores.append(values_of(term))
                term.active = False
                updated.append(term)
    Term.objects.bulk_create(added, batch_size=500)
    Term.objects.bulk_update(updated, _FIELDS, batch_size=500)
    changed: Changed = [(term, None, values_of(term)) for term in added]
    pairs = zip(updated, befores, strict=True)
    changed += [(term, before, values_of(term)) for term, before in pairs]
    if changed:
        record(changed, by=None)
    return {"added": len(added), "updated": len(updated), "kept": kept}


def _key(term: Term | Entry) -> Key:
    return term.language, str(term.kind), term.text


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "text": entry.text,
        "language": entry.language,
        "kind": str(entry.kind),
        "tier": str(entry.tier),
        "severity": entry.severity.value,
        "forms": "\n".join(entry.forms),
        "note": entry.note,
        "target": str(entry.target),
    }
