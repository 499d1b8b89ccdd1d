"""How many comments there are for the desk's views, and how long they wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Window,
)
from django.db.models.functions import Coalesce, CumeDist
from django.utils import timezone

from articles.models import Article
from articles.search.matching import COUNTED
from comments.models import Comment
from moderation.complaints.models import open_contested
from moderation.figures import Bounded
from moderation.filters import QueueFilters, matching, matching_comments
from moderation.models import Call, Decision, QueueEntry, WatchedArticle
from moderation.queue import waiting_counts
from moderation.recent import recent

SECONDS = 60
"""After how long the delays of the last day and week are renewed, and the count of all
comments."""
COUNTED_LIVE = 2000
"""What waits is counted at each look up to this many: counting 100,000 takes too long
for everyone's every look, and a number of that size is renewed after LARGE_SECONDS."""
LARGE_SECONDS = 10
COUNTED_IN_TEXTS = 200
"""Texts that hold common words are looked up one by one: they are counted less far."""


@dataclass(frozen=True, slots=True)
class Delays:
    """How long comments waited for the ``decisions`` of some time.

    Half were taken within ``median``, nine of ten within ``ninetieth``; none without
    decisions.
    """

    decisions: int
    median: timedelta | None
    ninetieth: timedelta | None


@dataclass(frozen=True, slots=True)
class RecentDelays:
    day: Delays
    week: Delays


def desk_counts(user: User, waiting: dict[str, int]) -> dict[str, str]:
    """`desk_numbers` as people read them."""
    return {name: str(n) for name, n in desk_numbers(user, waiting).items()}


def desk_numbers(user: User, waiting: dict[str, int]) -> dict[str, Bounded]:
    """{view: how many comments it holds}.

    ``waiting`` are `live_counts`; ``mine`` stops at COUNTED; ``all``, without deleted
    ones, is renewed after SECONDS.
    """
    mine = (
        Decision.objects.filter(moderator=user)
        .order_by("comment")
        .values("comment")
        .distinct()[: COUNTED + 1]
        .count()
    )
    return {
        **{name: Bounded(number) for name, number in waiting.items()},
        "mine": Bounded.of(mine, bound=COUNTED),
        "appeals": Bounded(open_contested()),
        "all": Bounded(recent("all", _not_deleted, seconds=SECONDS)),
    }


def live_counts() -> dict[str, int]:
    """`waiting_counts`, each exact up to COUNTED_LIVE."""
    waiting = QueueEntry.objects.order_by().values("pk")
    views = {
        "pending": waiting.filter(rank=QueueEntry.Rank.PENDING),
        "flagged": waiting.filter(rank=QueueEntry.Rank.FLAGGED),
        "reported": waiting.filter(call__lt=Call.NONE),
    }
    counts = {name: view[: COUNTED_LIVE + 1].count() for name, view in views.items()}
    if max(counts.values()) <= COUNTED_LIVE:
        return counts
    kept = recent("waiting", waiting_counts, seconds=LARGE_SECONDS)
    return {
        name: count if count <= COUNTED_LIVE else kept[name]
        for name, count in counts.items()
    }


def _not_deleted() -> int:
    """How many comments there are but deleted ones, of what is counted already."""
    published: int = Article.objects.aggregate(n=Coalesce(Sum("comment_count"), 0))["n"]
    hidden = Comment.objects.filter(status=Comment.Status.HIDDEN).count()
    return published + hidden + waiting_counts()["pending"]


def count_matching(filters: QueueFilters, *, newer_than: int = 0) -> Bounded:
    """How many comments ``filters`` find, up to a bound.

    Only those whose key is greater than ``newer_than``: what came since it was read.
    """
    found: QuerySet[QueueEntry] | QuerySet[Comment]
    if filters.everywhere:
        found = matching_comments(Comment.objects.order_by(), filters)
    else:
        found = matching(QueueEntry.objects.order_by(), filters)
    return count_found(found, filters, newer_than=newer_than)


def count_found(
    found: QuerySet[QueueEntry] | QuerySet[Comment],
    filters: QueueFilters,
    *,
    newer_than: int = 0,
) -> Bounded:
    """The same of what ``filters`` have ``found`` already."""
    if newer_than:
        found = found.filter(pk__gt=newer_than)
    in_texts = bool(filters.query) or filters.link
    bound = COUNTED_IN_TEXTS if in_texts or filters.everywhere else COUNTED
    return Bounded.of(found.values("pk")[: bound + 1].count(), bound=bound)


def newest_key() -> int:
    """The key of the newest comment: what is newer was not there yet."""
    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True)
    return newest.first() or 0


def oldest_wait() -> datetime | None:
    """Since when the first of the pending comments waits, reported or not."""
    # The first of each call: the queue's index is in that order
    firsts = Q()
    for call in Call:
        pending = QueueEntry.objects.filter(rank=QueueEntry.Rank.PENDING, call=call)
        first = pending.order_by("waiting_since", "pk").values("pk")[:1]
        firsts |= Q(pk=Subquery(first))
    moments = QueueEntry.objects.filter(firsts).order_by("waiting_since", "pk")
    return moments.values_list("waiting_since", flat=True).first()


def recent_delays() -> RecentDelays:
    """Delays of the last 24 hours and 7 days, renewed after SECONDS (see `recent`)."""
    return recent("delays", _recent_delays, seconds=SECONDS)


def delays(*, since: datetime, until: datetime | None = None) -> Delays:
    """How long comments had waited for moderators' decisions taken from ``since`` on.

    Before ``until`` if it is given. A percentile is the least delay within which at
    least so many decisions fell. What was undone counts: the comment had been decided.
    """
    took = ExpressionWrapper(
        F("created_at") - F("waiting_since"), output_field=DurationField()
    )
    taken = Decision.objects.alias(undoing=Coalesce("undoes", 0)).filter(
        moderator__isnull=False,
        waiting_since__isnull=False,
        undoing=0,  # SQLite would look for « undoes IS NULL » first, and read all
        created_at__gte=since,
    )
    if until is not None:
        taken = taken.filter(created_at__lt=until)
    ranked = taken.annotate(took=took, share=Window(CumeDist(), order_by=took))
    found = ranked.order_by().aggregate(
        decisions=Count("pk"),
        median=Min("took", filter=Q(share__gte=0.5)),
        ninetieth=Min("took", filter=Q(share__gte=0.9)),
    )
    return Delays(**found)


def watched_articles(user: User) -> QuerySet[WatchedArticle]:
    """What ``user`` keeps an eye on, each with ``waiting``: how many comments wait."""
    entries = (
        QueueEntry.objects.filter(article=OuterRef("article"))
        .order_by()
        .values("article")
        .annotate(n=Count("pk"))
        .values("n")
    )
    waiting = Coalesce(Subquery(entries, output_field=IntegerField()), 0)
    return (
        WatchedArticle.objects.filter(moderator=user)
        .select_related("article")
        .annotate(waiting=waiting)
    )


def _recent_delays() -> RecentDelays:
    now = timezone.now()
    return RecentDelays(
        day=delays(since=now - timedelta(days=1)),
        week=delays(since=now - timedelta(days=7)),
    )
