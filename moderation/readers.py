"""What readers see of moderation: the state of their own comments, and no more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.safestring import SafeString

from articles.models import Article
from comments.cards import stored_html
from comments.models import Comment, Commenter
from moderation.appeals import can_be_contested
from moderation.masking.history import told_maskings
from moderation.models import (
    Action,
    Appeal,
    Call,
    Decision,
    Masking,
    Sanction,
    StatementOfReasons,
)
from moderation.reasons import ReasonCode


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment as its author sees it.

    ``statement`` says why it is hidden, and ``contestable`` whether that can still be
    contested; ``reason`` was the last one, for comments that were hidden before
    statements were kept. ``appeal`` is the latest on any hiding of the comment,
    ``maskings`` say what readers do not see of its text.
    """

    comment: Comment
    html: SafeString
    reason: str
    statement: StatementOfReasons | None
    contestable: bool
    appeal: Appeal | None
    maskings: list[Masking]


def own_comments(
    author: Commenter, *, before: tuple[datetime, int] | None, count: int
) -> list[OwnComment]:
    """The comments of ``author`` in any state, newest first, after place ``before``."""
    hiding = Decision.objects.filter(
        comment=OuterRef("pk"), action=Action.HIDE
    ).exclude(reason="")
    comments = (
        author.comments.select_related("article", "author", "revision")
        .annotate(reason=Subquery(hiding.order_by("-pk").values("reason")[:1]))
        .order_by("-received_at", "-pk")
    )
    if before is not None:
        moment, pk = before
        comments = comments.filter(
            Q(received_at__lt=moment) | Q(received_at=moment, pk__lt=pk),
            received_at__lte=moment,
        )
    found = list(comments[:count])
    hidden = [c.pk for c in found if c.status == Comment.Status.HIDDEN]
    standing = StatementOfReasons.objects.standing().with_charter()
    stated = standing.filter(comment__in=hidden).select_related("decision")
    statements = {statement.comment_id: statement for statement in stated}
    appeals = {
        appeal.statement.comment_id: appeal
        for appeal in own_appeals(author).filter(statement__comment__in=found)
    }
    maskings = told_maskings(found)
    return [
        _own_comment(
            comment,
            statements.get(comment.pk),
            appeals.get(comment.pk),
            maskings.get(comment.pk, []),
        )
        for comment in found
    ]


def own_appeals(author: Commenter) -> QuerySet[Appeal]:
    """The appeals of ``author``, the oldest first, with their statements."""
    return (
        Appeal.objects.filter(statement__comment__author=author)
        .select_related("statement__comment", "decision")
        .order_by("pk")
    )


def own_statements(author: Commenter) -> QuerySet[StatementOfReasons]:
    """What ``author`` was told of hidings, lifted ones too, with his appeal if any."""
    own = StatementOfReasons.objects.filter(comment__author=author).with_charter()
    return own.select_related(
        "comment__article", "comment__author", "decision", "appeal__decision"
    )


def _own_comment(
    comment: Any,
    statement: StatementOfReasons | None,
    appeal: Appeal | None,
    maskings: list[Masking],
) -> OwnComment:
    contested = appeal is not None and appeal.statement == statement
    return OwnComment(
        comment,
        stored_html(comment),
        str(ReasonCode(comment.reason).label) if comment.reason else "",
        statement,
        statement is not None and not contested and can_be_contested(statement),
        appeal,
        maskings,
    )


def own_sanctions(author: Commenter) -> list[Sanction]:
    """What ``author`` was sanctioned for, the latest first, ended or not."""
    return list(author.sanctions.with_charter().with_held())


def newest_unflagged_comments(count: int) -> QuerySet[Comment]:
    """The newest comments that a front page may quote.

    They wait for no moderator, and answer no one: they make sense alone. One that only
    readers reported is quoted as before: a report takes nothing away (TRUST S-39).
    """
    # What rules flag has waited since it came in, what readers report only since then
    only_reported = Q(
        queue_entry__call__lt=Call.NONE,
        queue_entry__waiting_since__gt=F("received_at"),
    )
    return (
        Comment.objects.published()
        .filter(Q(queue_entry=None) | only_reported)
        .filter(depth=0, article__status=Article.Status.PUBLISHED)
        .select_related("article", "author", "revision")
        .order_by("-received_at", "-pk")[:count]
    )
