"""What authors are written of their appeals: the answer, once.

Plain text, without a word that a reader typed and without a moderator's name.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from moderation.mailing.delivery import due_keys, send_owed
from moderation.models import Appeal
from moderation.redress import further_redress
from moderation.report_mail import SENT_AT_ONCE


def send_soon(appeals: Iterable[int]) -> None:
    """Write, once the transaction holds, to the authors of ``appeals`` (keys).

    Whatever goes wrong is logged; the answer stays due.
    """
    keys = list(appeals)[:SENT_AT_ONCE]
    transaction.on_commit(partial(_send_some, keys), robust=True)


def due_answers(which: Q | None = None) -> list[int]:
    """The keys of appeals whose author is owed the answer by mail, oldest first."""
    return due_keys(Appeal.objects.due(), which)


def send_answers(appeals: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Send the answer to each of ``appeals``; see `send_owed`."""
    return send_owed(
        Appeal.objects.due(),
        appeals,
        load=_with_all,
        mail_of=answer_mail,
        name_of=lambda appeal: appeal.statement.puid,
    )


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


def _with_all(pk: int) -> Appeal:
    return Appeal.objects.select_related(
        "decision",
        "statement__decision",
        "statement__comment__article",
        "statement__comment__author__user",
    ).get(pk=pk)
