"""Authors contest the hiding of their comments, and moderators answer them."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment, Commenter
from comments.texts import can_be_stored, is_blank, with_line_feeds
from moderation.appeal_models import ARGUMENT_MAX_LENGTH, REASONING_MAX_LENGTH
from moderation.appeal_outcomes import Answer, uphold
from moderation.deciding import Verdict, check_seen, new_decision, record
from moderation.errors import (
    AlreadyAnswered,
    InvalidAppeal,
    InvalidDecision,
    NothingToContest,
    OwnDecision,
)
from moderation.models import Action, Appeal, Decision, StatementOfReasons
from moderation.redress import last_day


@transaction.atomic
def contest(
    statement: StatementOfReasons, *, author: Commenter, argument: str = ""
) -> Appeal:
    """Store the appeal of ``author`` against ``statement``, for another look.

    Sent again, it gives the appeal that there is. Raises InvalidAppeal for a text that
    cannot be stored, and NothingToContest if the statement is another's, was lifted or
    may be contested no more.
    """
    if error := argument_error(argument):
        raise InvalidAppeal(error)
    # The lock that decisions take: an appeal is settled by one or comes after it
    comment = Comment.objects.select_for_update(no_key=True).get(
        pk=statement.comment_id
    )
    statement = StatementOfReasons.objects.get(pk=statement.pk)
    if comment.author_id != author.pk:
        raise NothingToContest(_("Cette décision ne porte pas sur votre commentaire."))
    if made := Appeal.objects.filter(statement=statement).first():
        return made
    if statement.lifted_by_id is not None:
        raise NothingToContest(_("Cette décision ne tient plus : rien à contester."))
    if not can_be_contested(statement):
        raise NothingToContest(_("Le délai pour contester cette décision est passé."))
    return Appeal.objects.create(
        statement=statement, argument=with_line_feeds(argument).strip()
    )


def can_be_contested(statement: StatementOfReasons) -> bool:
    """Whether ``statement`` stands, and its author has the time; not whether he did."""
    in_time = timezone.localdate() <= last_day(statement)
    return statement.lifted_by_id is None and in_time


def argument_error(argument: str) -> str:
    """What is wrong with an author's argument, for him; empty if nothing is."""
    if len(with_line_feeds(argument)) > ARGUMENT_MAX_LENGTH:
        return _("Votre texte dépasse %(limit)d caractères : raccourcissez-le.") % {
            "limit": ARGUMENT_MAX_LENGTH
        }
    if not can_be_stored(argument):
        return _("Ce texte contient des caractères invalides : retapez-le ici.")
    return ""


@transaction.atomic
def answer_appeal(
    appeal: Appeal,
    *,
    outcome: str,
    by: User,
    reasoning: str,
    after: int | None,
    revision: int | None,
) -> Appeal:
    """Uphold the hiding that ``appeal`` contests, or reverse it: the comment is back.

    Readers whose reports the hiding had answered are then answered anew. ``reasoning``
    is what the author reads; ``after`` and ``revision`` are the last decision and the
    text that the moderator saw. Raises InvalidDecision without an outcome or a
    reasoning, OwnDecision if he hid this comment himself and another must answer,
    AlreadyAnswered or AlreadyDecided if anything has changed since he looked.
    """
    _check(outcome, reasoning)
    comment = Comment.objects.select_for_update(no_key=True).get(
        pk=appeal.statement.comment_id
    )
    latest = Decision.objects.filter(comment=comment).first()
    appeal = Appeal.objects.select_related("statement__decision").get(pk=appeal.pk)
    if appeal.state != Appeal.State.OPEN:
        raise AlreadyAnswered(_told_of(appeal, by), latest)
    if settings.APPEAL_BY_ANOTHER and by.pk in hiders(comment):
        raise OwnDecision(
            _(
                "Vous avez masqué ce commentaire : un autre modérateur doit répondre à "
                "la contestation."
            )
        )
    check_seen(comment, latest, after=after, revision=revision)
    answer = Answer(appeal, by, with_line_feeds(reasoning).strip())
    if outcome == Appeal.Outcome.UPHELD:
        return uphold(answer)
    verdict = Verdict(action=Action.PUBLISH, by=by, note=answer.reasoning)
    restoring = new_decision(comment, verdict, None)
    record([restoring], answer=answer)
    return Appeal.objects.get(pk=appeal.pk)


def hiders(comment: Comment) -> set[int]:
    """The accounts that hid ``comment`` at some time: none of them is another one."""
    return {
        decision.moderator_id
        for decision in comment.decisions.all()  # perhaps prefetched
        if decision.status_after == Comment.Status.HIDDEN
        and decision.moderator_id is not None
    }


def _told_of(appeal: Appeal, moderator: User) -> str:
    """What became of a closed ``appeal``, for the ``moderator`` who comes too late."""
    if appeal.moderator_id == moderator.pk:
        return _("Vous avez déjà répondu à cette contestation.")
    return {
        Appeal.Outcome.UPHELD: _(
            "Un autre modérateur a répondu entre-temps : le masquage est maintenu."
        ),
        Appeal.Outcome.REVERSED: _(
            "Un autre modérateur a répondu entre-temps : le commentaire est rétabli."
        ),
        Appeal.Outcome.MOOT: _(
            "Une autre décision a été prise entre-temps : cette contestation est close."
        ),
    }[Appeal.Outcome(appeal.outcome)]


def _check(outcome: str, reasoning: str) -> None:
    if outcome not in (Appeal.Outcome.UPHELD, Appeal.Outcome.REVERSED):
        raise InvalidDecision(
            _("Choisissez de maintenir le masquage ou de rétablir le commentaire."),
            field="outcome",
        )
    check_reasoning(reasoning, missing=_("Expliquez votre réponse à l’auteur."))


def check_reasoning(reasoning: str, *, missing: str) -> None:
    """Raises InvalidDecision for an answer that cannot be sent; ``missing`` if there is none."""
    if is_blank(reasoning):
        raise InvalidDecision(missing, field="reasoning")
    if len(with_line_feeds(reasoning)) > REASONING_MAX_LENGTH:
        raise InvalidDecision(
            _("Votre réponse dépasse %(limit)d caractères : raccourcissez-la.")
            % {"limit": REASONING_MAX_LENGTH},
            field="reasoning",
        )
    if not can_be_stored(reasoning):
        raise InvalidDecision(
            _("Ce texte contient des caractères invalides : retapez-le ici."),
            field="reasoning",
        )
