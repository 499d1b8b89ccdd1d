"""What authors are written of their appeals: the answer, once.

Plain text, without a word that a reader typed and without a moderator's name.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from moderation.models import Appeal
from moderation.redress import further_redress
from moderation.report_mail import CLAIM, REFUSED, SENT_AT_ONCE

logger = logging.getLogger(__name__)


def send_soon(appeals: Iterable[int]) -> None:
    """Write, once the transaction holds, to the authors of ``appeals`` (keys).

    Whatever goes wrong is logged; the answer stays due.
    """
    keys = list(appeals)[:SENT_AT_ONCE]
    transaction.on_commit(partial(_send_some, keys), robust=True)


def due_answers(which: Q | None = None) -> list[int]:
    """The keys of appeals whose author is owed the answer by mail, oldest first."""
    due = Appeal.objects.due().filter(_free(), which or Q())
    return list(due.order_by("pk").values_list("pk", flat=True))


def send_answers(appeals: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Send the answer to each of ``appeals``; yield (reference, whether it went).

    Ends early, after a failure, when the mail server cannot be reached. Each goes once,
    unless this process is killed between sending it and noting so.
    """
    connection = get_connection()
    try:
        for pk in appeals:
            if not _claim(pk):
                continue
            appeal = _with_all(pk)
            reference = appeal.statement.puid
            try:
                connection.open()
                connection.send_messages([answer_mail(appeal)])
            except REFUSED:
                logger.warning("appeal %s: its mail was refused", reference)
                wait = timedelta(hours=2**appeal.refused)
                _release(pk, refused=F("refused") + 1, until=timezone.now() + wait)
                yield reference, False
            except OSError:
                logger.exception("appeal %s: mail failed", reference)
                _release(pk)
                yield reference, False
                return
            else:
                _release(pk, refused=0, told_at=timezone.now())
                yield reference, True
    finally:
        connection.close()


def answer_mail(appeal: Appeal) -> EmailMessage:
    """The answer, for an author who has an account and an address."""
    comment = appeal.statement.comment
    author = comment.author
    assert author.user is not None  # `due` leaves the others out
    with translation.override(author.language):
        context = {
            "appeal": appeal,
            "article": comment.article,
            "redress": further_redress(),
            "address": settings.NEWSPAPER_URL
            + reverse("appeal", args=[appeal.statement.puid]),
            "newspaper_name": settings.NEWSPAPER_NAME,
            "newspaper_url": settings.NEWSPAPER_URL,
        }
        return EmailMessage(
            subject=_("%(newspaper)s : réponse à votre contestation")
            % {"newspaper": settings.NEWSPAPER_NAME},
            body=render_to_string("moderation/mail/appeal_answered.txt", context),
            to=[author.user.email],
            reply_to=[settings.CONTACT_EMAIL],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _send_some(appeals: list[int]) -> None:
    for _sent in send_answers(due_answers(Q(pk__in=appeals))):
        pass


def _free() -> Q:
    return Q(held_until=None) | Q(held_until__lt=timezone.now())


def _claim(pk: int) -> bool:
    """Take the answer over; False if another process has, or it is not due."""
    mine = Appeal.objects.due().filter(pk=pk)
    # Said of the row itself too: PostgreSQL asks it again once another let it go
    free = Appeal.objects.filter(_free(), pk__in=mine.values("pk"), told_at=None)
    return bool(free.update(held_until=timezone.now() + CLAIM))


def _release(pk: int, *, until: datetime | None = None, **values: Any) -> None:
    Appeal.objects.filter(pk=pk).update(held_until=until, **values)


def _with_all(pk: int) -> Appeal:
    return Appeal.objects.select_related(
        "decision",
        "statement__decision",
        "statement__comment__article",
        "statement__comment__author__user",
    ).get(pk=pk)
