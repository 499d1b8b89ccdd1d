"""How many comments came in, were decided and reported in a period.

Acts are counted when they are done: what is undone later was done all the same, and
the undoing is counted beside it. Every count is made by the database.
"""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Self

from django.db.models import (
    BooleanField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Trunc
from django.utils.timezone import get_current_timezone

from comments.models import Comment
from moderation.models import Decision, Report
from moderation.periods import Period

PENDING, PUBLISHED = Comment.Status.PENDING, Comment.Status.PUBLISHED
TAKEN = Q(undoes=None)
"""Not an undoing. Asked of what is counted, not of what is read: an index says it too,
which SQLite would prefer to the one by time."""
DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(days=1),
)
"""Decisions are counted by the first of these delays they were taken within."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened in some time.

    Of the comments ``received``, the rules published some ``at_once`` and ``held`` the
    others. Moderators' decisions are of six kinds: they ``published`` what waited,
    ``kept`` what was in sight, ``restored`` what was hidden, ``hid`` (also under
    another reason), ``put_back`` on hold; or they have ``undone`` a decision.
    ``reported`` counts readers' reports.
    """

    received: int = 0
    at_once: int = 0
    held: int = 0
    published: int = 0
    kept: int = 0
    restored: int = 0
    hid: int = 0
    put_back: int = 0
    undone: int = 0
    reported: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally))
        )

    @property
    def decided(self) -> int:
        """Decisions taken by moderators, undoings not counted."""
        return self.published + self.kept + self.restored + self.hid + self.put_back


@dataclass(frozen=True, slots=True)
class Course:
    """A period's tallies: by step (see `Period.steps`), in all, and of the time before."""

    steps: list[tuple[datetime, Tally]]
    total: Tally
    before: Tally


@dataclass(frozen=True, slots=True)
class Compared:
    """How many in a period, and in the time before it."""

    now: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often moderators hid for a ``reason``; ``undone``: those undone since."""

    reason: str
    now: int
    before: int
    undone: int


def course(period: Period) -> Course:
    """What happened in ``period``, hour by hour or day by day. Three queries."""
    found: dict[tuple[bool, datetime], dict[str, int]] = defaultdict(dict)
    parts: tuple[tuple[QuerySet[Any], str, dict[str, Q]], ...] = (
        (first_decisions(period), "comment__received_at", RECEIVED),
        (moderators_decisions(period), "created_at", DECIDED),
        (between(Report.objects.order_by(), "created_at", period), "created_at", MADE),
    )
    for rows, moment, kinds in parts:
        counted = (
            rows.annotate(
                inside=since(moment, period),
                step=Trunc(moment, period.step, tzinfo=get_current_timezone()),
            )
            .values("inside", "step")
            .annotate(
                **{name: Count("pk", filter=kind) for name, kind in kinds.items()}
            )
        )
        for row in counted:
            place = row.pop("inside"), row.pop("step").replace(tzinfo=None)
            found[place] |= row
    before, total = Tally(), Tally()
    for (inside, _step), counts in found.items():
        if inside:
            total += Tally(**counts)
        else:
            before += Tally(**counts)
    steps = [(step, Tally(**found[True, step])) for step in period.steps()]
    return Course(steps=steps, total=total, before=before)


def hidings_by_reason(period: Period) -> list[ReasonCount]:
    """Why moderators hid comments, the most frequent reason first. One query."""
    hid = moderators_decisions(period).filter(status_after=Comment.Status.HIDDEN)
    inside = TAKEN & Q(created_at__gte=period.start)
    counted = (
        hid.values("reason")
        .annotate(
            now=Count("pk", filter=inside),
            before=Count("pk", filter=TAKEN & Q(created_at__lt=period.start)),
            undone=Count("pk", filter=inside & Q(undone_by__isnull=False)),
        )
        .order_by("-now", "-before", "reason")
    )
    return [ReasonCount(**row) for row in counted if row["now"] or row["before"]]


def decisions_by_delay(period: Period) -> list[Compared]:
    """How many decisions were taken within each of DELAYS, the last: later. One query.

    Those that `moderation.waiting.delays` measures.
    """
    took = ExpressionWrapper(
        F("created_at") - F("waiting_since"), output_field=DurationField()
    )
    within = [f"within_{number}" for number in range(len(DELAYS))]
    counted: QuerySet[Any, Any] = (
        moderators_decisions(period)
        .filter(waiting_since__isnull=False)
        .annotate(took=took, inside=since("created_at", period))
        .values("inside")
        .annotate(
            **{
                name: Count("pk", filter=TAKEN & Q(took__lte=limit))
                for name, limit in zip(within, DELAYS, strict=True)
            },
            in_all=Count("pk", filter=TAKEN),
        )
    )
    rows: dict[bool, dict[str, int]] = {row["inside"]: row for row in counted}

    def within_each(inside: bool) -> list[int]:
        row = rows.get(inside, {})
        sums = [0, *(row.get(name, 0) for name in (*within, "in_all"))]
        return [more - fewer for fewer, more in pairwise(sums)]

    pairs = zip(within_each(True), within_each(False), strict=True)
    return [Compared(now, before) for now, before in pairs]


def first_decisions(period: Period) -> QuerySet[Decision]:
    """What the rules first decided on each comment of ``period`` and the time before.

    A comment is received and decided in one transaction: there is one for each.
    """
    # Looked up comment by comment: to join the ledger with itself would read all of it
    first = Decision.objects.filter(comment=OuterRef("comment")).order_by("pk")
    received = between(Comment.objects.order_by(), "received_at", period)
    decided = Decision.objects.filter(
        pk=Subquery(first.values("pk")[:1]),
        comment__in=received,  # SQLite begins here; PostgreSQL with the same, joined
    )
    return between(decided.order_by(), "comment__received_at", period)


def moderators_decisions(period: Period) -> QuerySet[Decision]:
    """Those of ``period`` and the time before, undoings among them."""
    made = Decision.objects.filter(moderator__isnull=False).order_by()
    return between(made, "created_at", period)


def between(rows: QuerySet[Any], moment: str, period: Period) -> QuerySet[Any]:
    """The ``rows`` of ``period`` and of the time before."""
    bounds = {f"{moment}__gte": period.before.start, f"{moment}__lt": period.end}
    return rows.filter(**bounds)


def since(moment: str, period: Period) -> ExpressionWrapper:
    """Whether a row is of ``period`` itself, not of the time before."""
    inside = Q(**{f"{moment}__gte": period.start})
    return ExpressionWrapper(inside, output_field=BooleanField())


RECEIVED = {
    "received": Q(),
    "at_once": Q(status_after=PUBLISHED),
    "held": Q(status_after=PENDING),
}
DECIDED = {
    "published": TAKEN & Q(status_before=PENDING, status_after=PUBLISHED),
    "kept": TAKEN & Q(status_before=PUBLISHED, status_after=PUBLISHED),
    "restored": TAKEN & Q(status_before=Comment.Status.HIDDEN, status_after=PUBLISHED),
    "hid": TAKEN & Q(status_after=Comment.Status.HIDDEN),
    "put_back": TAKEN & Q(status_after=PENDING),
    "undone": ~TAKEN,
}
MADE = {"reported": Q()}
