"""The queue that moderators work through, and what was decided: reads that join apps."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import (
    Count,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.db.models.functions import Coalesce

from comments.models import Comment
from moderation.filters import QueueFilters, matching
from moderation.models import (
    Call,
    Decision,
    DecisionBatch,
    Flag,
    QueueEntry,
    Ranker,
    Repost,
)
from moderation.ranking import likely_hidden_first
from moderation.screening import SCREENING_FAILED, SCREENING_INCOMPLETE

PAGE_SIZE = 20
CURSOR = re.compile(
    r"(?:(\d{1,7})\.)?([01])\.([0-3])\.(\d{1,17})\.(\d{1,18})", re.ASCII
)
REPORTED_THEN_OLDEST = ("rank", "call", "waiting_since", "pk")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some entries of the queue; ``next_after`` asks for those after, empty at the end."""

    entries: list[QueueEntry]
    next_after: str


def moderation_queue() -> QuerySet[QueueEntry]:
    """Comments that wait: pending ones first; in each state those that readers
    reported (`Call`), then the longest wait.

    Each entry comes with its comment, article, author, text, parent, flags and
    decisions, in a fixed number of queries.
    """
    return (
        QueueEntry.objects.select_related(
            "comment__article__section",
            "comment__author",
            "comment__revision",
            "comment__parent__author",
            "comment__parent__revision",
            "owner",
            "comment__posted_under",
        )
        .prefetch_related(
            earlier_texts("comment__repost"),
            Prefetch(
                "comment__revision__flags",
                queryset=Flag.objects.order_by("start", "end", "pk"),
            ),
            Prefetch(
                "comment__decisions",
                queryset=Decision.objects.select_related("moderator"),
            ),
        )
        .order_by(*REPORTED_THEN_OLDEST)
    )


def earlier_texts(lookup: str) -> Prefetch:
    """Prefetches what tells of the same text, hidden before, from where ``lookup`` goes.

    Few comments have it: its five joins took PostgreSQL 6 ms to plan, at each page.
    """
    hidden = Repost.objects.select_related(
        "decision__comment__author", "decision__moderator"
    )
    return Prefetch(lookup, queryset=hidden)


def queue_page(
    filters: QueueFilters,
    *,
    after: str = "",
    size: int = PAGE_SIZE,
    ranker: Ranker | None = None,
) -> QueuePage:
    """The ``size`` entries after the cursor ``after``; an unknown cursor is the start.

    In the order of ``ranker`` if there is one, else as in `moderation_queue`.
    """
    queue = matching(QueueEntry.objects.order_by(*REPORTED_THEN_OLDEST), filters)
    if filters.decided_by is not None:
        # An order without index: few of those who wait were decided before, and
        # PostgreSQL would look each up in turn until a page is full
        queue = queue.order_by(Coalesce("rank", "rank"), *REPORTED_THEN_OLDEST[1:])
    whole = moderation_queue()
    columns: tuple[str, ...] = ("rank", "call", "waiting_since", "comment_id")
    if ranker is not None:
        queue = likely_hidden_first(queue, ranker)
        whole = likely_hidden_first(whole, ranker)
        columns = ("behind", *columns)
    key = _key(after)
    if len(key) == len(columns):  # not the cursor of the other order
        place = Tuple(*(F(name) for name in columns))
        queue = queue.filter(TupleGreaterThan(place, key))
    # Keys in a query of their own: PostgreSQL would join all that waits with its texts
    keys = list(queue.values_list("pk", flat=True)[: size + 1])
    found = list(whole.filter(pk__in=keys))
    entries = found[:size]
    return QueuePage(entries, _cursor(entries[-1]) if len(found) > size else "")


def waiting_counts(filters: QueueFilters | None = None) -> dict[str, int]:
    """How many comments wait: {"pending": n, "flagged": n, "reported": n}.

    Each is pending or flagged (by rules or readers); some of both are reported.
    """
    queue = matching(QueueEntry.objects.order_by(), filters or QueueFilters())
    counts = dict.fromkeys(("pending", "flagged", "reported"), 0)
    for rank, call, count in queue.values_list("rank", "call").annotate(Count("pk")):
        counts["pending" if rank == QueueEntry.Rank.PENDING else "flagged"] += count
        counts["reported"] += count if call != Call.NONE else 0
    return counts


def author_records(authors: Collection[int]) -> dict[int, dict[str, int]]:
    """{author key: {status: how many of their comments}}, in one query."""
    records: dict[int, dict[str, int]] = {pk: {} for pk in authors}
    counted = (
        Comment.objects.filter(author__in=records)
        .order_by()
        .values_list("author", "status")
        .annotate(Count("pk"))
    )
    for author, status, count in counted:
        records[author][status] = count
    return records


def decision_history() -> QuerySet[Decision]:
    """Decisions, the latest first, with all that a list of them shows."""
    return Decision.objects.select_related(
        "moderator",
        "revision",
        "undoes",
        "batch__undone_by",
        "comment__author",
        "comment__article",
    )


def one_row_a_batch(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """``decisions`` without those of batches, but the first, which stands for all."""
    first = DecisionBatch.objects.filter(first_decision__isnull=False)
    return decisions.filter(Q(batch=None) | Q(pk__in=first.values("first_decision")))


def latest_among(decisions: Iterable[Decision]) -> set[int]:
    """The keys of those after which their comment was not decided again."""
    comments = {decision.comment_id for decision in decisions}
    latest = (
        Decision.objects.filter(comment__in=comments)
        .order_by()
        .values("comment")
        .annotate(key=Max("pk"))
    )
    return set(latest.values_list("key", flat=True))


def unscreened() -> QuerySet[Comment]:
    """Comments that wait because the rules failed on them or did not finish.

    Nobody has decided on them since.
    """
    latest = Decision.objects.filter(comment=OuterRef("pk")).order_by("-pk")
    return (
        Comment.objects.filter(queue_entry__isnull=False)
        .annotate(
            last_note=Subquery(latest.values("note")[:1]),
            last_moderator=Subquery(latest.values("moderator")[:1]),
        )
        .filter(
            Q(last_note=SCREENING_FAILED)
            | Q(last_note__startswith=SCREENING_INCOMPLETE),
            last_moderator=None,
        )
        .order_by("pk")
    )


def _cursor(entry: QueueEntry) -> str:
    micros = (entry.waiting_since - EPOCH) // timedelta(microseconds=1)
    parts = [entry.rank, entry.call, micros, entry.pk]
    behind: int | None = getattr(entry, "behind", None)  # by `likely_hidden_first`
    if behind is not None:
        parts.insert(0, behind)
    return ".".join(map(str, parts))


def _key(cursor: str) -> tuple[int | datetime, ...]:
    """The columns of the last entry seen; empty if ``cursor`` is none."""
    found = CURSOR.fullmatch(cursor)
    if not found:
        return ()
    behind, rank, call, micros, pk = found.groups()
    since = EPOCH + timedelta(microseconds=int(micros))
    key = (int(rank), int(call), since, int(pk))
    return key if behind is None else (int(behind), *key)
