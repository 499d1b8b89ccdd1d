"""How tests of appeals contest and answer."""

from typing import Any

from django.contrib.auth.models import User

from comments.models import Comment
from moderation.appeals import answer_appeal, contest
from moderation.models import Action, Appeal, Decision, StatementOfReasons
from moderation.services import decide
from tests.factories import CommentFactory, ModeratorFactory, ReaderFactory

WHY = "Nous l’avons relu : voici pourquoi."


def take(comment: Comment, action: str, by: User | None = None) -> Decision:
    """What a moderator decides of ``comment`` as it stands."""
    comment.refresh_from_db()
    last = comment.decisions.first()
    return decide(
        comment,
        action=Action(action),
        by=by or ModeratorFactory(),
        after=last.pk if last else None,
        revision=comment.revision_id,
        reason="injure" if action == Action.HIDE else "",
    )


def hidden(
    reader: User | None = None, *, by: User | None = None, **kwargs: Any
) -> StatementOfReasons:
    """The statement on what ``reader`` wrote and ``by`` hid."""
    reader = reader or ReaderFactory()
    comment = CommentFactory(author=reader.commenter, published=True, **kwargs)
    take(comment, Action.HIDE, by)
    return StatementOfReasons.objects.standing().get(comment=comment)


def contested(
    reader: User | None = None,
    *,
    by: User | None = None,
    argument: str = "C’était de l’ironie.",
    **kwargs: Any,
) -> Appeal:
    """The appeal of ``reader`` against what ``by`` decided."""
    statement = hidden(reader, by=by, **kwargs)
    return contest(statement, author=statement.comment.author, argument=argument)


def seen(appeal: Appeal) -> dict[str, Any]:
    """What a moderator sees of it now."""
    comment = Comment.objects.get(pk=appeal.statement.comment_id)
    last = comment.decisions.first()
    return {"after": last and last.pk, "revision": comment.revision_id}


def answered(
    appeal: Appeal, outcome: str, by: User | None = None, reasoning: str = WHY
) -> Appeal:
    return answer_appeal(
        appeal,
        outcome=outcome,
        by=by or ModeratorFactory(),
        reasoning=reasoning,
        **seen(appeal),
    )
