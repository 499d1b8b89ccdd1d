"""One round of the alerts: note whom each must be told to, once a step."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from moderation.alerts.models import AlertKind, AlertRound, DeskMail, Escalation
from moderation.alerts.outbox import new_message_id
from moderation.alerts.plan import Recipient, Step, steps
from moderation.alerts.standing import OpenAlert, open_alerts


@transaction.atomic
def note_due() -> int:
    """Note what is due now; return how many steps of alerts were.

    A step that was missed, whatever the reason, is taken now, with all others that are
    due: nobody is left out. But each address is owed one mail, of all that fell due; it
    is added to one that waits to be sent, if there is such a one. One round at a time:
    what another one is noting is left to it.
    """
    AlertRound.objects.get_or_create(pk=1)
    mine = AlertRound.objects.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    )
    round_ = mine.filter(pk=1).first()
    if round_ is None:
        return 0
    now = timezone.now()
    round_.started_at = now
    round_.save(update_fields=["started_at"])
    plan = steps()
    alerts = open_alerts(_earliest(plan, now))
    causes = {alert.cause for alert in alerts}
    known = Escalation.objects.filter(cause__in=causes)
    taken = set(known.values_list("cause", "step"))
    owed: dict[Recipient, list[Escalation]] = defaultdict(list)
    noted = 0
    for step in plan:
        new = _take(step, alerts, taken, now)
        noted += len(new)
        for recipient in step.recipients if new else ():
            owed[recipient] += new
    for recipient, escalations in owed.items():
        _owe(recipient, escalations, now)
    return noted


def last_round() -> datetime | None:
    """When `note_due` last went round; none if it never did."""
    return AlertRound.objects.values_list("started_at", flat=True).first()


def _earliest(plan: Iterable[Step], now: datetime) -> dict[AlertKind, datetime]:
    """{kind: an alert that came until then may be due for a step}."""
    hours: dict[AlertKind, list[int]] = defaultdict(list)
    for step in plan:
        for kind, after in step.hours.items():
            hours[kind].append(after)
    return {k: now - timedelta(hours=min(found)) for k, found in hours.items()}


def _take(
    step: Step,
    alerts: Iterable[OpenAlert],
    taken: set[tuple[str, str]],
    now: datetime,
) -> list[Escalation]:
    """Note that ``step`` is taken for those of ``alerts`` for which it is due."""
    return Escalation.objects.bulk_create(
        Escalation(
            comment_id=alert.comment,
            kind=alert.kind,
            cause=alert.cause,
            step=step.key,
            step_name=step.name,
            arrived_at=alert.arrived_at,
            created_at=now,
        )
        for alert in alerts
        if (hours := step.hours.get(alert.kind)) is not None
        and alert.arrived_at + timedelta(hours=hours) <= now
        and (alert.cause, step.key) not in taken
    )


def _owe(
    recipient: Recipient, escalations: Iterable[Escalation], now: datetime
) -> None:
    # Locked: whoever takes it over to send it now would miss what is added
    waiting = DeskMail.objects.select_for_update().filter(
        address=recipient.address,
        period=None,
        state=DeskMail.State.WAITING,
        held_until=None,
        refused=0,
    )
    mail = waiting.first() or DeskMail.objects.create(
        address=recipient.address,
        account_id=recipient.account,
        language=recipient.language,
        message_id=new_message_id("alerte"),
        created_at=now,
    )
    mail.escalations.add(*escalations)
