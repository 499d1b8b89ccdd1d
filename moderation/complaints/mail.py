"""What reporters are written of their complaints: the answer, once.

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

from moderation.complaints.models import Complaint
from moderation.mailing.delivery import due_keys, send_owed
from moderation.redress import further_redress
from moderation.report_mail import SENT_AT_ONCE


def send_soon(complaints: Iterable[int]) -> None:
    """Write, once the transaction holds, to the reporters of ``complaints`` (keys).

    Whatever goes wrong is logged; the answer stays due.
    """
    keys = list(complaints)[:SENT_AT_ONCE]
    transaction.on_commit(partial(_send_some, keys), robust=True)


def due_complaints(which: Q | None = None) -> list[int]:
    """The keys of complaints whose reporter is owed the answer by mail, oldest first."""
    return due_keys(Complaint.objects.due(), which)


def send_complaint_answers(complaints: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Send the answer to each of ``complaints``; see `send_owed`."""
    return send_owed(
        Complaint.objects.due(),
        complaints,
        load=_with_all,
        mail_of=complaint_mail,
        name_of=lambda complaint: complaint.report.reference,
    )


def complaint_mail(complaint: Complaint) -> EmailMessage:
    """The answer, for a reporter who gave an address."""
    report = complaint.report
    with translation.override(report.language):
        context = {
            "complaint": complaint,
            "report": report,
            "article": report.comment.article,
            "redress": further_redress(),
            "address": settings.NEWSPAPER_URL
            + reverse("report_sent", args=[report.reference]),
            "newspaper_name": settings.NEWSPAPER_NAME,
            "newspaper_url": settings.NEWSPAPER_URL,
        }
        return EmailMessage(
            subject=_("Réponse à votre contestation (%(reference)s)")
            % {"reference": report.reference},
            body=render_to_string("moderation/mail/complaint_answered.txt", context),
            to=[report.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _send_some(complaints: list[int]) -> None:
    for _sent in send_complaint_answers(due_complaints(Q(pk__in=complaints))):
        pass


def _with_all(pk: int) -> Complaint:
    return Complaint.objects.select_related("decision", "report__comment__article").get(
        pk=pk
    )
