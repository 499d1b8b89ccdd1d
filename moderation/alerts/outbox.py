"""Mails owed to moderators, sent: at least once each, under one Message-ID."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from moderation.alerts.models import DeskMail

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""How long one process may take over a mail before another takes it up."""
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)
"""What is wrong with one mail; any other OSError is wrong with the server."""
Composer = Callable[[DeskMail], EmailMessage | None]


def new_message_id(kind: str) -> str:
    """A Message-ID (RFC 5322) of this newspaper's; ``kind`` is a word of letters."""
    host = urlsplit(settings.NEWSPAPER_URL).hostname or "localhost"
    return f"<{kind}.{uuid4().hex}@{host}>"


def send_due(
    mails: QuerySet[DeskMail], compose: Composer
) -> Iterator[tuple[DeskMail, bool]]:
    """Send those of ``mails`` that are due, the oldest first; yield whether each went.

    ``compose`` writes one in its language; none if nothing is left to tell. Ends early,
    after a failure, when the mail server cannot be reached. Each goes once, unless this
    process is killed between sending it and noting so: then once more, after CLAIM,
    under the same Message-ID.
    """
    connection = get_connection()
    due = mails.due().filter(_free()).order_by("pk")  # type: ignore[attr-defined]
    try:
        for pk in list(due.values_list("pk", flat=True)):
            if not _claim(pk):
                continue
            mail = DeskMail.objects.select_related("account").get(pk=pk)
            with translation.override(mail.language):
                message = compose(mail)
            if message is None:
                _release(pk, state=DeskMail.State.MOOT)
                continue
            try:
                connection.open()
                connection.send_messages([message])
            except REFUSED:
                logger.warning("mail %s was refused", mail.message_id)
                wait = timedelta(hours=2**mail.refused)
                _release(pk, refused=F("refused") + 1, until=timezone.now() + wait)
                yield mail, False
            except OSError:
                logger.exception("mail %s failed", mail.message_id)
                _release(pk)
                yield mail, False
                return
            else:
                sent = DeskMail.State.SENT
                _release(pk, refused=0, state=sent, sent_at=timezone.now())
                yield mail, True
    finally:
        connection.close()


def retry(mails: QuerySet[DeskMail]) -> int:
    """Let those of ``mails`` that were given up be sent again; return how many."""
    given_up = mails.given_up()  # type: ignore[attr-defined]
    return int(given_up.update(refused=0, held_until=None))


def _free() -> Q:
    return Q(held_until=None) | Q(held_until__lt=timezone.now())


def _claim(pk: int) -> bool:
    """Take the mail over; False if another process has, or it is not due."""
    mine = DeskMail.objects.due().filter(_free(), pk=pk)
    return bool(mine.update(held_until=timezone.now() + CLAIM))


def _release(pk: int, *, until: datetime | None = None, **values: Any) -> None:
    DeskMail.objects.filter(pk=pk).update(held_until=until, **values)
