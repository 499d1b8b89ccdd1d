"""What reporters are written: that the report came in, what was answered, what was
withdrawn.

Plain text without a word that a reader typed, neither the reporter nor the author: an
address may be a stranger's, and no link in the mail can be another's (TRUST S-04).
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comments.models import Comment
from moderation.complaints.links import contest_address
from moderation.models import Appeal, Flag, Report
from moderation.reasons import ReasonCode
from moderation.redress import months_after

logger = logging.getLogger(__name__)

SENT_AT_ONCE = 20
"""Messages sent before a page answers; `send_notices` sends those that are left."""
CLAIM = timedelta(minutes=10)
"""How long one process may take over a message before another takes it up."""
REFUSED = (SMTPRecipientsRefused, SMTPDataError, ValueError)
"""What is wrong with one message; any other OSError is wrong with the server."""


def send_soon(which: Q) -> None:
    """Write, once the transaction holds, to those of the reports ``which`` are due.

    Whatever goes wrong is logged; the message stays due.
    """
    transaction.on_commit(partial(_send_some, which), robust=True)


def due_reports(which: Q | None = None) -> list[int]:
    """The keys of reports whose reporter is owed a message, oldest first."""
    due = Report.objects.due().filter(_free()).order_by("pk")
    return list(due.filter(which or Q()).values_list("pk", flat=True))


def send_notices(reports: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Send what is owed for each of ``reports``; yield (reference, whether it went).

    Ends early, after a failure, when the mail server cannot be reached. Each message
    goes once, unless this process is killed between sending it and noting so.
    """
    connection = get_connection()
    try:
        for pk in reports:
            if not _claim(pk):
                continue
            report = _with_all(pk)
            try:
                connection.open()
                sent = _send_owed(report, connection)
            except REFUSED:
                logger.warning("report %s: its mail was refused", report.reference)
                wait = timedelta(hours=2**report.refused)
                _release(pk, refused=F("refused") + 1, until=timezone.now() + wait)
                yield report.reference, False
            except OSError:
                logger.exception("report %s: mail failed", report.reference)
                _release(pk)
                yield report.reference, False
                return
            else:
                _release(pk, refused=0, **sent)
                yield report.reference, True
    finally:
        connection.close()


def _send_some(which: Q) -> None:
    for _sent in send_notices(due_reports(which)[:SENT_AT_ONCE]):
        pass


def _free() -> Q:
    return Q(held_until=None) | Q(held_until__lt=timezone.now())


def _claim(pk: int) -> bool:
    """Take the report's messages over; False if another process has, or none is due."""
    mine = Report.objects.due().filter(_free(), pk=pk)
    return bool(mine.update(held_until=timezone.now() + CLAIM))


def _release(pk: int, *, until: datetime | None = None, **values: Any) -> None:
    Report.objects.filter(pk=pk).update(held_until=until, **values)


def _with_all(pk: int) -> Report:
    reversal = Appeal.objects.filter(
        decision=OuterRef("decision"), outcome=Appeal.Outcome.REVERSED
    )
    flags = Flag.objects.filter(revision=OuterRef("decision__revision"))
    return (
        Report.objects.select_related("comment__article", "decision")
        .annotate(flagged=Exists(flags), reversed=Exists(reversal))
        .get(pk=pk)
    )


def _send_owed(report: Report, connection: BaseEmailBackend) -> dict[str, Any]:
    """Send each message that is owed; return the values of the row that say so."""
    sent: dict[str, Any] = {}
    with translation.override(report.language):
        if report.acknowledged_at is None:
            _send(report, "received", _("Votre signalement est reçu"), connection)
            sent["acknowledged_at"] = timezone.now()
        if report.decision_id is not None and report.told_id != report.decision_id:
            _send(report, "answered", _("Réponse à votre signalement"), connection)
            sent |= {"told": report.decision_id, "told_at": timezone.now()}
        elif report.decision_id is None and report.told_id is not None:
            _send(report, "reopened", _("Votre signalement est rouvert"), connection)
            sent |= {"told": None, "told_at": None}
    return sent


def _send(
    report: Report, message: str, subject: str, connection: BaseEmailBackend
) -> None:
    context = {
        "report": report,
        "article": report.comment.article,
        "comment_url": f"{settings.NEWSPAPER_URL}{report.comment.get_absolute_url()}",
        "report_url": settings.NEWSPAPER_URL
        + reverse("report_sent", args=[report.reference]),
        "newspaper_name": settings.NEWSPAPER_NAME,
        "newspaper_url": settings.NEWSPAPER_URL,
        **(_answer(report) if report.decision else {}),
    }
    EmailMessage(
        subject=f"{subject} ({report.reference})",
        body=render_to_string(f"moderation/mail/report_{message}.txt", context),
        to=[report.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def _answer(report: Report) -> dict[str, object]:
    decision = report.decision
    assert decision is not None  # constraint report_answered_by_a_decision
    reason = decision.reason
    told = reason and reason != ReasonCode.AUTRE  # whose label speaks to moderators
    return {
        "upheld": report.outcome == Report.Outcome.UPHELD,
        "reason": decision.get_reason_display() if told else "",
        "flagged": getattr(report, "flagged", False),
        "reversed": getattr(report, "reversed", False),
        "restored": decision.status_before == Comment.Status.HIDDEN
        and report.outcome == Report.Outcome.KEPT,
        "contest_url": contest_address(report),
        "contest_until": months_after(timezone.now()),
    }
