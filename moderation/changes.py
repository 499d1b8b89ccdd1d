"""Changes of terms, settings and patterns: each is kept, and reaches every process."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.db.models.functions import Now

from moderation.models import (
    EditorPattern,
    LexiconChange,
    LexiconVersion,
    RuleSetting,
    Term,
)

Kept = Term | RuleSetting | EditorPattern
Values = dict[str, Any]
"""{field: value} of what is kept; None where the object does not exist."""

MODELS: Mapping[str, type[Kept]] = {
    LexiconChange.Kind.TERM: Term,
    LexiconChange.Kind.RULE: RuleSetting,
    LexiconChange.Kind.PATTERN: EditorPattern,
}
_KINDS = {model: kind for kind, model in MODELS.items()}


def raise_version() -> None:
    """Tell every process, at its next screening, that the lexicon has changed.

    The number rises by a random step, so that no other change takes again a number
    that a process saw in a transaction rolled back since.
    """
    LexiconVersion.objects.get_or_create(pk=1)
    step = 1 + secrets.randbelow(2**20)
    LexiconVersion.objects.filter(pk=1).update(number=F("number") + step)


def take_turn() -> None:
    """Wait for whoever else changes the lexicon, until their transaction ends.

    To be called before any of its rows is locked: two that change the same terms, each
    in its own order, would block each other for ever.
    """
    LexiconVersion.objects.get_or_create(pk=1)
    LexiconVersion.objects.select_for_update().get(pk=1)


def kind_of(model: type[Model]) -> str:
    """What changes of ``model`` are listed as."""
    return _KINDS[model]  # type: ignore[index]


def values_of(kept: Kept) -> Values:
    """The values of ``kept`` that its changes keep."""
    return {name: getattr(kept, name) for name in kept.KEPT}


def record(
    changed: Iterable[tuple[Kept, Values | None, Values | None]], *, by: User | None
) -> None:
    """Raise the version and keep what changed: (object, before, after) of each.

    To be called in the transaction of the changes. ``by`` is None for a command.
    """
    raise_version()
    number = LexiconVersion.objects.values_list("number", flat=True).get(pk=1)
    LexiconChange.objects.bulk_create(
        (
            LexiconChange(
                number=number,
                by=by,
                kind=kind_of(type(kept)),
                object_id=kept.pk,
                identity=kept.identity,
                before=before,
                after=after,
            )
            for kept, before, after in changed
        ),
        batch_size=500,
    )


@transaction.atomic
def keep(kept: Kept, *, by: User | None) -> bool:
    """Store ``kept`` and the change; return False if nothing changes."""
    take_turn()
    stored = _locked(type(kept)).filter(pk=kept.pk).first() if kept.pk else None
    before, after = values_of(stored) if stored else None, values_of(kept)
    if before == after:
        return False
    kept.save()
    record([(kept, before, after)], by=by)
    return True


@transaction.atomic
def drop(kept: Iterable[Kept], *, by: User | None) -> None:
    """Delete each of ``kept``, and keep what it was."""
    take_turn()
    dropped: list[tuple[Kept, Values | None, Values | None]] = []
    for each in kept:
        key, before = each.pk, values_of(each)
        each.delete()
        each.pk = key  # the record of a deleted object keeps its key
        dropped.append((each, before, None))
    if dropped:
        record(dropped, by=by)


@transaction.atomic
def switch(
    chosen: QuerySet[Any], *, active: bool, by: User | None
) -> Sequence[Term | EditorPattern]:
    """Put terms or patterns in or out of service; return those that changed."""
    take_turn()
    model = chosen.model
    keys = chosen.values("pk")
    changing = list(_locked(model).filter(pk__in=keys).exclude(active=active))
    befores = [values_of(each) for each in changing]
    model.objects.filter(pk__in=[each.pk for each in changing]).update(
        active=active, updated_at=Now()
    )
    if changing:
        pairs = zip(changing, befores, strict=True)
        record([(e, b, {**b, "active": active}) for e, b in pairs], by=by)
    return changing


@transaction.atomic
def restore(
    change: LexiconChange, state: Literal["before", "after"], *, by: User | None
) -> bool:
    """Give the object of ``change`` the values it had then, as a new change.

    An object that was deleted since is made again, with its key. Returns False if it
    has these values already. Raises ValidationError if they are no longer valid, as
    when another object has taken its name, and ValueError if it did not exist then.
    """
    values: Values | None = getattr(change, state)
    if values is None:
        raise ValueError(f"change {change.pk} has no state {state}")
    take_turn()
    model = MODELS[change.kind]
    kept = _locked(model).filter(pk=change.object_id).first()
    if kept is None:
        kept = model(pk=change.object_id)
    for name in model.KEPT:
        if name in values:
            setattr(kept, name, values[name])
    kept.full_clean()
    return keep(kept, by=by)


def _locked(model: type[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.select_for_update()
    return rows
