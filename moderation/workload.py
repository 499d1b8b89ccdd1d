"""What moderators did in a period: to share work out, never to rank people.

They come in the order of their names, without places or averages to reach. A moderator
reads his own line and the sum; who reads all of them holds ``view_workload``, which no
group is given at first.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet

from comments.models import Comment
from moderation.batch_text import name_of
from moderation.periods import Period
from moderation.tallies import PENDING, PUBLISHED, TAKEN, moderators_decisions

COUNTED = ("published", "hid", "put_back", "undone")


@dataclass(frozen=True, slots=True)
class Work:
    """Decisions by one account, or by all of them (``name`` is empty then).

    ``published`` counts what was published, kept or restored. ``undone`` are decisions
    undone, one's own or another's.
    """

    name: str
    published: int = 0
    hid: int = 0
    put_back: int = 0
    undone: int = 0

    @property
    def share_hidden(self) -> float | None:
        """The share hidden of what was published or hidden; None if nothing was."""
        judged = self.published + self.hid
        return self.hid / judged if judged else None


@dataclass(frozen=True, slots=True)
class Workload:
    """Those that may be read, in the order of their names, and the sum of all."""

    people: list[Work]
    total: Work


def sees_everyone(reader: User) -> bool:
    return reader.has_perm("moderation.view_workload")


def workload(period: Period, *, reader: User) -> Workload:
    """Who decided how much in ``period``, as far as ``reader`` may know.

    One query, and two for ``reader``'s permissions if they are not known yet.
    """
    counted: QuerySet[Any, Any] = (
        moderators_decisions(period)
        .filter(created_at__gte=period.start)
        .values("moderator")
        .annotate(
            published=Count("pk", filter=TAKEN & Q(status_after=PUBLISHED)),
            hid=Count("pk", filter=TAKEN & Q(status_after=Comment.Status.HIDDEN)),
            put_back=Count("pk", filter=TAKEN & Q(status_after=PENDING)),
            undone=Count("pk", filter=~TAKEN),
        )
    )
    rows: dict[int, dict[str, int]] = {
        row["moderator"]: {name: row[name] for name in COUNTED} for row in counted
    }
    total = {name: sum(row[name] for row in rows.values()) for name in COUNTED}
    if not sees_everyone(reader):
        rows = {pk: row for pk, row in rows.items() if pk == reader.pk}
    accounts = User.objects.in_bulk(rows)
    people = [Work(name=name_of(accounts[pk]), **row) for pk, row in rows.items()]
    people.sort(key=lambda work: work.name.casefold())
    return Workload(people=people, total=Work(name="", **total))
