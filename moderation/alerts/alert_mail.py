"""What is written of alerts: their kind, since when, and a link to the desk.

Never a word that a reader typed, never who reported or wrote it (TRUST P-06).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from moderation.alerts.models import AlertKind, DeskMail, Escalation
from moderation.alerts.outbox import send_due
from moderation.alerts.standing import open_alerts
from moderation.batch_text import name_of
from moderation.models import QueueEntry

LISTED = 30
"""Alerts that one mail lists; it tells how many more there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One alert in a mail; ``owner`` is empty if nobody took it on."""

    kind: str
    arrived_at: datetime
    address: str
    owner: str


def send_alerts() -> Iterator[tuple[DeskMail, bool]]:
    """Send what `note_due` noted, here or in a round before (see `send_due`)."""
    mails = DeskMail.objects.filter(period=None)
    yield from send_due(mails, partial(_alert_mail, standing=_standing()))


def _alert_mail(mail: DeskMail, *, standing: set[str]) -> EmailMessage | None:
    """None if all that it was to tell has been seen to meanwhile."""
    due = [e for e in mail.escalations.all() if e.cause in standing]
    if not due:
        return None
    told = sorted({e.cause: e for e in due}.values(), key=_urgency)
    count = len(told)
    subject = ngettext(
        "%(newspaper)s : %(count)d alerte attend une décision",
        "%(newspaper)s : %(count)d alertes attendent une décision",
        count,
    )
    context = {
        "lines": _lines(told[:LISTED]),
        "count": count,
        "more": max(0, count - LISTED),
        "steps": list(dict.fromkeys(e.step_name for e in due if e.step_name)),
        "late_url": f"{_desk('moderation:queue')}?retard=oui",
        "newspaper_name": settings.NEWSPAPER_NAME,
        "newspaper_url": settings.NEWSPAPER_URL,
    }
    return EmailMessage(
        subject=subject % {"newspaper": settings.NEWSPAPER_NAME, "count": count},
        body=render_to_string("moderation/mail/alerts.txt", context),
        to=[mail.address],
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
        },
    )


def _urgency(escalation: Escalation) -> tuple[int, datetime]:
    return AlertKind.values.index(escalation.kind), escalation.arrived_at


def _standing() -> set[str]:
    """The causes of all alerts that stand now."""
    now = timezone.now()
    return {alert.cause for alert in open_alerts(dict.fromkeys(AlertKind, now))}


def _lines(escalations: Iterable[Escalation]) -> list[Line]:
    shown = list(escalations)
    entries = QueueEntry.objects.filter(
        pk__in=[e.comment_id for e in shown], owner__isnull=False
    )
    owners = {
        e.pk: name_of(e.owner) for e in entries.select_related("owner") if e.owner
    }
    return [
        Line(
            kind=e.get_kind_display(),
            arrived_at=e.arrived_at,
            address=_address(e),
            owner="" if e.kind == AlertKind.APPEAL else owners.get(e.comment_id, ""),
        )
        for e in shown
    ]


def _address(escalation: Escalation) -> str:
    if escalation.kind == AlertKind.APPEAL:
        made, _colon, key = escalation.cause.partition(":")
        return _desk(f"moderation:{made}", key)
    return _desk("moderation:comment", escalation.comment_id)


def _desk(name: str, *args: object) -> str:
    return f"{settings.NEWSPAPER_URL}{reverse(name, args=args)}"
