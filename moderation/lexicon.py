"""The lexicon that editors keep, as the engine that every process screens with."""

import secrets
from threading import Lock
from typing import Any

from django.db import transaction
from django.db.models import F

from moderation.engine import Engine, default_engine
from moderation.models import LexiconVersion, Term
from moderation.rules.lexicon import Entry, shipped_entries

_lock = Lock()
_built: tuple[int, Engine] | None = None


def current_engine() -> Engine:
    """The engine over the editors' terms, rebuilt when their version has changed.

    Costs one small query. Before `load_lexicon` has run, the shipped lexicon serves.
    """
    global _built
    number = LexiconVersion.objects.values_list("number", flat=True).first() or 0
    if number == 0:
        return default_engine()
    with _lock:
        if _built is None or _built[0] != number:
            _built = number, Engine(t.as_entry() for t in Term.objects.active())
        return _built[1]


def raise_version() -> None:
    """Tell every process, at its next screening, that the lexicon has changed.

    The number rises by a random step, so that no other change takes again a number
    that a process saw in a transaction rolled back since.
    """
    LexiconVersion.objects.get_or_create(pk=1)
    step = 1 + secrets.randbelow(2**20)
    LexiconVersion.objects.filter(pk=1).update(number=F("number") + step)


def lexicon_changed(**_kwargs: Any) -> None:
    """Receiver of the signals sent when a term is saved or deleted."""
    raise_version()


@transaction.atomic
def load_shipped_terms() -> dict[str, int]:
    """Bring the shipped lexicon into the database; return counts by outcome.

    What editors added, changed or switched off stays: a shipped term is updated only
    while nobody has touched it (origin « livré »), and never deleted.
    """
    known = {(t.language, t.kind, t.text): t for t in Term.objects.all()}
    added: list[Term] = []
    changed: list[Term] = []
    kept = 0
    for entry in {(e.language, e.kind, e.text): e for e in shipped_entries()}.values():
        term = known.get((entry.language, entry.kind, entry.text))
        if term is None:
            added.append(Term(origin=Term.Origin.SHIPPED, **_fields(entry)))
        elif term.origin == Term.Origin.EDITOR or term.as_entry() == entry:
            kept += 1
        else:
            for name, value in _fields(entry).items():
                setattr(term, name, value)
            changed.append(term)
    Term.objects.bulk_create(added, batch_size=500)
    Term.objects.bulk_update(
        changed, ["tier", "severity", "forms", "note", "target"], batch_size=500
    )
    if added or changed:
        raise_version()
    return {"added": len(added), "updated": len(changed), "kept": kept}


def _fields(entry: Entry) -> dict[str, str]:
    return {
        "text": entry.text,
        "language": entry.language,
        "kind": entry.kind,
        "tier": entry.tier,
        "severity": entry.severity.value,
        "forms": "\n".join(entry.forms),
        "note": entry.note,
        "target": entry.target,
    }
