"""Reading a thread: pages of comments that cost the same at any depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, QuerySet

from articles.models import Article
from comments.models import Comment, Commenter


@dataclass(frozen=True, slots=True)
class Card:
    """One comment as a page shows it. ``html`` was rendered when it was written."""

    pk: int
    parent_pk: int | None
    depth: int
    position: str
    html: str
    author: str
    created_at: datetime | None
    printed_time: str


@dataclass(frozen=True, slots=True)
class Parent:
    """Whom a reply answers; ``shown`` is false for a comment readers cannot see."""

    pk: int
    author: str
    shown: bool


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Some comments of a thread, in order.

    ``parents`` holds, by key, those that replies answer but that are not on the page.
    ``next_after`` is the position to ask the next page with, empty on the last one.
    """

    cards: Sequence[Card]
    parents: dict[int, Parent]
    next_after: str


def thread_page(article: Article, *, after: str = "") -> ThreadPage:
    """Return the comments after position ``after``: newest first, replies below.

    Two queries, whatever the length of the thread.
    """
    size: int = settings.COMMENTS_PER_PAGE
    found = _cards(
        article.comments.published().in_thread_order().filter(position__gt=after),
        size + 1,
    )
    cards = found[:size]
    more = len(found) > size
    return ThreadPage(
        cards, _missing_parents(cards), cards[-1].position if more else ""
    )


def newest_comment(article: Article) -> Card | None:
    """The thread's first comment in order, shown as a teaser above the list."""
    found = _cards(article.comments.published().in_thread_order().filter(depth=0), 1)
    return found[0] if found else None


def pending_cards(article: Article, author: Commenter) -> list[Card]:
    """What ``author`` wrote under ``article`` that waits for a moderator, newest first."""
    waiting = author.comments.pending().filter(article=article)
    return _cards(waiting.order_by("-received_at", "-pk"), settings.COMMENTS_PER_PAGE)


def card_of(comment: Comment) -> Card:
    """``comment`` alone, as a page shows it."""
    return _cards(Comment.objects.filter(pk=comment.pk), 1)[0]


def after_for(comment: Comment) -> str:
    """The ``after`` of the page that holds ``comment``, published.

    Counts only the comments before it, so this costs more far down: it serves
    permalinks, not paging.
    """
    size: int = settings.COMMENTS_PER_PAGE
    before = comment.article.comments.published().filter(position__lt=comment.position)
    page_number = before.count() // size
    if page_number == 0:
        return ""
    return (
        before.in_thread_order()
        .values_list("position", flat=True)[page_number * size - 1 : page_number * size]
        .get()
    )


def _cards(comments: QuerySet[Comment], count: int) -> list[Card]:
    rows = comments.values_list(
        "pk",
        "parent_id",
        "depth",
        "position",
        "html",
        F("author__name"),
        "created_at",
        "printed_time",
    )[:count]
    return [Card(*row) for row in rows]


def _missing_parents(cards: Sequence[Card]) -> dict[int, Parent]:
    here = {card.pk for card in cards}
    wanted = {c.parent_pk for c in cards if c.parent_pk is not None} - here
    rows = Comment.objects.filter(pk__in=wanted).values_list(
        "pk", "author__name", "status"
    )
    return {
        pk: Parent(pk, name, status == Comment.Status.PUBLISHED)
        for pk, name, status in rows
    }
