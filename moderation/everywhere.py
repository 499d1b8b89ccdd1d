"""Every comment as moderators list them, waiting or not: the newest first."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.listing import BadCursor, cursor_of, parse_cursor
from comments.models import Comment
from comments.search import are_rare
from moderation.cards import desk_comments
from moderation.filters import QueueFilters, matching_comments
from moderation.queue import PAGE_SIZE

NEWEST_FIRST = ("-received_at", "-pk")


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """Some comments; ``next_after`` asks for those after, empty at the end."""

    comments: list[Comment]
    next_after: str


def comments_page(
    filters: QueueFilters, *, after: str = "", size: int = PAGE_SIZE
) -> CommentsPage:
    """The ``size`` comments after the cursor ``after``; an unknown one is the start."""
    comments = matching_comments(Comment.objects.order_by(*NEWEST_FIRST), filters)
    try:
        moment, pk = parse_cursor(after)
    except BadCursor:
        pass
    else:
        comments = comments.filter(
            Q(received_at__lt=moment) | Q(received_at=moment, pk__lt=pk),
            received_at__lte=moment,
        )
    if (query := filters.query) and are_rare(query):
        # An order without index: PostgreSQL takes rare words for frequent ones, and
        # would read every comment, the newest first, until a page is full
        comments = comments.order_by(
            Coalesce("received_at", "received_at").desc(), "-pk"
        )
    keys = list(comments.values_list("pk", flat=True)[: size + 1])
    found = list(desk_comments().filter(pk__in=keys).order_by(*NEWEST_FIRST))
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return CommentsPage(shown, cursor_of(last.received_at, last.pk) if last else "")
