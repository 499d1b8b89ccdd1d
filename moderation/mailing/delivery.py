"""Mail that a row owes: sent once, noted in the row, tried again where it failed.

Such rows have `told_at`, `held_until` and `refused`; a condition of their queryset says
which are due.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from moderation.report_mail import CLAIM, REFUSED

logger = logging.getLogger(__name__)
Row = TypeVar("Row", bound=Model)


def due_keys(
    due: QuerySet[Any], which: Q | None = None, *, most: int | None = None
) -> list[int]:
    """The keys of the rows of ``due`` that nobody is writing of, the ``most`` oldest."""
    found = due.filter(_free(), which or Q()).order_by("pk")
    return list(found.values_list("pk", flat=True)[:most])


def send_owed(
    due: QuerySet[Row],
    keys: Iterable[int],
    *,
    load: Callable[[int], Row],
    mail_of: Callable[[Row], EmailMessage],
    name_of: Callable[[Row], str],
) -> Iterator[tuple[str, bool]]:
    """Send the mail of each of ``keys`` that is ``due``; yield (name, whether it went).

    Ends early, after a failure, when the mail server cannot be reached. Each goes once,
    unless this process is killed between sending it and noting so.
    """
    rows = due.model._default_manager
    connection = get_connection()
    try:
        for pk in keys:
            if not _claim(due, pk):
                continue
            row = load(pk)
            name = name_of(row)
            noted: dict[str, Any] = {"held_until": None}
            try:
                connection.open()
                connection.send_messages([mail_of(row)])
            except REFUSED:
                logger.warning("%s %s: its mail was refused", due.model.__name__, name)
                wait = timedelta(hours=2 ** getattr(row, "refused", 0))
                held_until: datetime = timezone.now() + wait
                noted = {"refused": F("refused") + 1, "held_until": held_until}
                sent = False
            except OSError:
                logger.exception("%s %s: mail failed", due.model.__name__, name)
                rows.filter(pk=pk).update(**noted)
                yield name, False
                return
            else:
                noted |= {"refused": 0, "told_at": timezone.now()}
                sent = True
            rows.filter(pk=pk).update(**noted)
            yield name, sent
    finally:
        connection.close()


def _free() -> Q:
    return Q(held_until=None) | Q(held_until__lt=timezone.now())


def _claim(due: QuerySet[Any], pk: int) -> bool:
    """Take the row over; False if another process has, or it is not due."""
    mine = due.filter(pk=pk)
    # Said of the row itself too: PostgreSQL asks it again once another let it go
    free = due.model._default_manager.filter(
        _free(), pk__in=mine.values("pk"), told_at=None
    )
    return bool(free.update(held_until=timezone.now() + CLAIM))
