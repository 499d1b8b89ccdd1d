"""How tests draw second looks and judge them."""

from typing import Any

from bs4 import Tag
from django.contrib.auth.models import User

from comments.models import Comment
from moderation.models import SecondLook
from moderation.second_looks.judging import judge, offer_next
from tests.factories import CommentFactory, ModeratorFactory
from tests.moderation.contesting import take


def drawn(
    action: str = "hide",
    by: User | None = None,
    comment: Comment | None = None,
    **kwargs: Any,
) -> SecondLook:
    """The look at what ``by`` decided; every decision must be drawn."""
    comment = comment or CommentFactory(published=action == "hide", **kwargs)
    return SecondLook.objects.get(decision=take(comment, action, by))


def judged(
    look: SecondLook, action: str = "hide", by: User | None = None, reason: str = ""
) -> SecondLook:
    """What ``by`` says of ``look``, which is the next one for him."""
    by = by or ModeratorFactory()
    assert offer_next(by) == look
    reason = reason or ("injure" if action == "hide" else "")
    return judge(look, by=by, action=action, reason=reason)


def words(shown: Tag) -> str:
    """What a page, or a part of it, says."""
    return " ".join(shown.text.split())
