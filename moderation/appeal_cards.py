"""What the desk shows of appeals: those that wait, those that are closed, one alone."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from comments.models import Comment
from moderation.appeals import hiders
from moderation.cards import DeskCard, comment_card, desk_comments
from moderation.models import Appeal, Decision, StatementOfReasons


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a moderator may answer, in the author's language: a start, to be changed."""

    upheld: str
    reversed: str


@dataclass(frozen=True, slots=True)
class AppealCard:
    """One appeal with the comment's card.

    ``own``: the moderator who looks hid the comment, and another must answer.
    """

    appeal: Appeal
    card: DeskCard
    own: bool
    suggested: Suggested


def listed_appeals(user: User, *, state: str = "") -> QuerySet[Appeal]:
    """Appeals in ``state`` or in any, with all that a list of them shows.

    Each says as `own` whether ``user`` hid the comment.
    """
    hid = Decision.objects.filter(
        comment=OuterRef("statement__comment"),
        status_after=Comment.Status.HIDDEN,
        moderator=user,
    )
    found = _whole().annotate(own=Exists(hid))
    return found.filter(state=state) if state else found


def appeals_of(comment: Comment) -> QuerySet[Appeal]:
    """The appeals that the author of ``comment`` made about it, the latest first."""
    return _whole().filter(statement__comment=comment).order_by("-pk")


def appeal_card(appeal: Appeal, user: User) -> AppealCard:
    """The card of one of `listed_appeals`, as ``user`` sees it."""
    found = desk_comments().get(pk=appeal.statement.comment_id)
    return AppealCard(
        appeal=appeal,
        card=comment_card(found),
        own=settings.APPEAL_BY_ANOTHER and user.pk in hiders(found),
        suggested=_suggested(appeal.statement, found.author.language),
    )


def _whole() -> QuerySet[Appeal]:
    return Appeal.objects.select_related(
        "moderator",
        "decision__moderator",
        "statement__decision__moderator",
        "statement__decision__revision",
        "statement__comment__author",
        "statement__comment__article",
    )


def _suggested(statement: StatementOfReasons, language: str) -> Suggested:
    with override(language):
        said = {"reason": statement.reason_name, "clause": statement.clause_title}
        return Suggested(
            upheld=_(
                "Nous avons relu votre commentaire et votre contestation. Il "
                "reste contraire à la clause « %(clause)s » de la charte : le motif "
                "« %(reason)s » est maintenu."
            )
            % said,
            reversed=_(
                "Nous avons relu votre commentaire et votre contestation. Vous "
                "aviez raison de contester : le motif « %(reason)s » ne s’y applique "
                "pas. Votre commentaire est de nouveau en ligne, à sa place et à sa "
                "date."
            )
            % said,
        )
