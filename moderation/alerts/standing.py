"""The alerts that stand: read from reports, flags, appeals and complaints, so that none
is forgotten.

An alert ends with what it is about: with the decision that answers the reports, takes
the comment off the queue or closes the appeal or complaint.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from moderation.alerts.models import AlertKind
from moderation.alerts.plan import shown_delays
from moderation.complaints.models import open_contested
from moderation.marks import THREAT_MARK
from moderation.models import (
    Action,
    Appeal,
    Call,
    CategoryChoices,
    Complaint,
    Decision,
    Flag,
    QueueEntry,
    Report,
    ReportKind,
)
from moderation.recent import recent
from moderation.report_models import GRAVE

SECONDS = 30
"""How old the number of late alerts on the desk may be."""
Moments = Mapping[AlertKind, datetime]


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """What calls for a moderator since ``arrived_at``.

    One for a comment and kind, however many readers report it: it begins with the
    earliest of their open reports. ``cause`` names that report, the flagged revision,
    the author's appeal or the reader's complaint.
    """

    kind: AlertKind
    comment: int
    cause: str
    arrived_at: datetime


def open_alerts(until: Moments) -> list[OpenAlert]:
    """Those of each kind that came ``until`` its moment, the oldest first.

    Four queries. Kinds that ``until`` does not name are left out.
    """
    found = [*_reported(until), *_threats(until), *_contested(until)]
    return sorted(found, key=lambda alert: (alert.arrived_at, alert.cause))


def moments(
    delays: Mapping[AlertKind, timedelta], now: datetime
) -> dict[AlertKind, datetime]:
    """{kind: what came until then is ``delays`` old at least}."""
    return {kind: now - delay for kind, delay in delays.items()}


def kind_of_report(kind: str) -> AlertKind:
    return AlertKind.GRAVE if kind in GRAVE else AlertKind.REPORT


def late_entries(queue: QuerySet[QueueEntry], until: Moments) -> QuerySet[QueueEntry]:
    """The entries of ``queue`` with an alert that came ``until`` its kind's moment."""
    return queue.filter(_has_late_report(until) | _has_late_threat(until))


@dataclass(frozen=True, slots=True)
class Late:
    """How many comments, and how many appeals and complaints, wait for longer than they
    may."""

    comments: int
    appeals: int


def count_late(until: Moments) -> Late:
    """Two queries, neither of which reads the queue's other entries."""
    waiting = QueueEntry.objects.order_by()
    reported = waiting.filter(_has_late_report(until))
    threats = waiting.filter(_has_late_threat(until))
    return Late(
        comments=reported.values("pk").union(threats.values("pk")).count(),
        appeals=open_contested(until[AlertKind.APPEAL]),
    )


def shown_late() -> Late:
    """`count_late` as of SECONDS ago at most."""
    return recent("late", _late_now, seconds=SECONDS)


def _late_now() -> Late:
    return count_late(moments(shown_delays(), timezone.now()))


def late_since(
    reported: Mapping[ReportKind, datetime], threat: datetime | None
) -> datetime | None:
    """Since when a comment waits for longer than it may; none if it does not.

    ``reported`` says since when readers report it, ``threat`` since when the rules see
    one in it.
    """
    delays = shown_delays()
    late = [since + delays[kind_of_report(kind)] for kind, since in reported.items()]
    if threat is not None:
        late.append(threat + delays[AlertKind.THREAT])
    since = min(late, default=None)
    return since if since is not None and since <= timezone.now() else None


def _reported(until: Moments) -> list[OpenAlert]:
    wanted = {k for k in (AlertKind.GRAVE, AlertKind.REPORT) if k in until}
    if not wanted:
        return []
    reports = (
        Report.objects.open()
        .filter(
            created_at__lte=max(until[kind] for kind in wanted),
            comment__queue_entry__isnull=False,
        )
        .order_by("created_at", "pk")
    )
    first: dict[tuple[int, AlertKind], OpenAlert] = {}
    rows = reports.values_list("pk", "comment", "kind", "created_at")
    for pk, comment, reported_as, created_at in rows.iterator():
        kind = kind_of_report(reported_as)
        if kind in wanted and created_at <= until[kind]:
            alert = OpenAlert(kind, comment, f"report:{pk}", created_at)
            first.setdefault((comment, kind), alert)
    return list(first.values())


def _threats(until: Moments) -> list[OpenAlert]:
    if AlertKind.THREAT not in until:
        return []
    rows = (
        QueueEntry.objects.filter(
            _undecided_threat(),
            comment__revision__flags__category=CategoryChoices.THREAT,
        )
        .order_by()
        .values_list("pk", "comment__revision")
        .annotate(since=Min("comment__revision__flags__created_at"))
        .filter(since__lte=until[AlertKind.THREAT])
    )
    return [
        OpenAlert(AlertKind.THREAT, comment, f"revision:{revision}", since)
        for comment, revision, since in rows
    ]


def _contested(until: Moments) -> list[OpenAlert]:
    """What authors and reporters contest."""
    if AlertKind.APPEAL not in until:
        return []
    came = {"created_at__lte": until[AlertKind.APPEAL]}
    appeals = Appeal.objects.open().filter(**came)
    complaints = Complaint.objects.open().filter(**came)
    rows = {
        "appeal": appeals.values_list("pk", "statement__comment", "created_at"),
        "complaint": complaints.values_list("pk", "report__comment", "created_at"),
    }
    return [
        OpenAlert(AlertKind.APPEAL, comment, f"{made}:{pk}", since)
        for made, found in rows.items()
        for pk, comment, since in found
    ]


def _late_reports(until: Moments) -> QuerySet[Report]:
    grave, other = until[AlertKind.GRAVE], until[AlertKind.REPORT]
    late = Q(kind__in=GRAVE, created_at__lte=grave) | Q(
        ~Q(kind__in=GRAVE), created_at__lte=other
    )
    # The bound of both is said apart: it leads to the index
    return Report.objects.open().filter(late, created_at__lte=max(grave, other))


def _has_late_report(until: Moments) -> Q:
    # Not looked up entry by entry: PostgreSQL would do so 100,000 times
    late = _late_reports(until).values("comment")
    return Q(pk__in=late, call__lt=Call.NONE)


def _has_late_threat(until: Moments) -> Q:
    flags = Flag.objects.filter(
        revision=OuterRef("comment__revision"),
        category=CategoryChoices.THREAT,
        created_at__lte=until[AlertKind.THREAT],
    )
    return _undecided_threat() & Q(Exists(flags))


def _undecided_threat() -> Q:
    """That the rules see a threat in the text, and nobody has let it appear knowingly.

    What a moderator kept comes back to the queue when a reader reports it: as a report.
    """
    let = Decision.objects.filter(
        comment=OuterRef("pk"),
        revision=OuterRef("comment__revision"),
        action=Action.PUBLISH,
        moderator__isnull=False,
        undoes=None,
        undone_by=None,
    )
    kept = Q(Exists(let.order_by()), rank=QueueEntry.Rank.FLAGGED)
    return Q(~kept, marks__contains=THREAT_MARK)
