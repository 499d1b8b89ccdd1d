"""Sending what rows say is owed: each once, whatever stops in between."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any, Generic, TypeVar

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

logger = logging.getLogger(__name__)

SENT_AT_ONCE = 20
"""Messages sent before a page answers; `send_notices` sends those that are left."""
CLAIM = timedelta(minutes=10)
"""How long one process may take over a message before another takes it up."""
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)
"""What is wrong with one message; any other OSError is wrong with the server."""

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Deliveries(Generic[Row]):
    """Mail that rows of one table owe.

    Rows have ``held_until`` (a process sends it until then) and ``refused`` (how often
    the address was). ``due`` gives those that owe something; of these ``unsent`` is
    said by the row's own columns. ``load`` reads a row with all that ``send`` needs;
    ``send`` returns the values of the row that say what went.
    """

    table: QuerySet[Row]
    due: Callable[[], QuerySet[Row]]
    unsent: Q
    load: Callable[[int], Row]
    send: Callable[[Row, BaseEmailBackend], dict[str, Any]]

    def keys(self, which: Q | None = None) -> list[int]:
        """Of the rows that owe a mail nobody is sending, oldest first."""
        due = self.due().filter(_free(), which or Q())
        return list(due.order_by("pk").values_list("pk", flat=True))

    def deliver(self, keys: Iterable[int]) -> Iterator[tuple[str, bool]]:
        """Send what each of ``keys`` owes; yield (the row's name, whether it went).

        Ends early, after a failure, when the mail server cannot be reached. Each
        message goes once, unless this process is killed between sending it and noting
        so.
        """
        connection = get_connection()
        try:
            for pk in keys:
                if not self._claim(pk):
                    continue
                row = self.load(pk)
                try:
                    connection.open()
                    sent = self.send(row, connection)
                except REFUSED:
                    logger.warning("%s: its mail was refused", row)
                    wait = timedelta(hours=2 ** getattr(row, "refused", 0))
                    until = timezone.now() + wait
                    self._release(pk, refused=F("refused") + 1, until=until)
                    yield str(row), False
                except OSError:
                    logger.exception("%s: mail failed", row)
                    self._release(pk)
                    yield str(row), False
                    return
                else:
                    self._release(pk, refused=0, **sent)
                    yield str(row), True
        finally:
            connection.close()

    def deliver_some(self, which: Q) -> None:
        """Send what is due of the rows ``which``, as far as a page may wait for it."""
        for _sent in self.deliver(self.keys(which)[:SENT_AT_ONCE]):
            pass

    def _claim(self, pk: int) -> bool:
        """Take the row over; False if another process has, or nothing is due."""
        due = self.due().filter(pk=pk)
        # Said of the row itself too: PostgreSQL asks it again once another let it go
        free = self.table.filter(_free(), self.unsent, pk__in=due.values("pk"))
        return bool(free.update(held_until=timezone.now() + CLAIM))

    def _release(
        self, pk: int, *, until: datetime | None = None, **values: Any
    ) -> None:
        self.table.filter(pk=pk).update(held_until=until, **values)


def _free() -> Q:
    return Q(held_until=None) | Q(held_until__lt=timezone.now())
