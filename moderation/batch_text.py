"""What the desk says of a batch of decisions."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment
from moderation.models import Action, BatchItem, DecisionBatch

_APPROVING = (
    Comment.Status.PENDING,
    Comment.Status.PUBLISHED,
    Comment.Status.HIDDEN,
)


def name_of(account: User) -> str:
    """What moderators call each other."""
    return account.get_full_name() or account.get_username()


def asked_for(
    action: str, count: int, by_status: Mapping[str, int] | None = None
) -> str:
    """What a moderator wants done: « Masquer 12 commentaires ».

    Publishing says what becomes of each, where ``by_status`` tells what they are now:
    « Publier 2 commentaires, garder 1 commentaire ».
    """
    if action == Action.PUBLISH and by_status:
        return _approval(by_status)
    told = {
        Action.PUBLISH: ngettext(
            "Publier ou garder %(count)d commentaire",
            "Publier ou garder %(count)d commentaires",
            count,
        ),
        Action.HOLD: ngettext(
            "Mettre en attente %(count)d commentaire",
            "Mettre en attente %(count)d commentaires",
            count,
        ),
        Action.HIDE: ngettext(
            "Masquer %(count)d commentaire",
            "Masquer %(count)d commentaires",
            count,
        ),
    }
    return told[Action(action)] % {"count": count}


def _approval(by_status: Mapping[str, int]) -> str:
    statuses = [s for s in _APPROVING if by_status.get(s)]
    parts = [_approving(status, by_status[status]) for status in statuses]
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _approving(status: str, count: int) -> str:
    told = {
        Comment.Status.PENDING: ngettext(
            "publier %(count)d commentaire", "publier %(count)d commentaires", count
        ),
        Comment.Status.PUBLISHED: ngettext(
            "garder %(count)d commentaire", "garder %(count)d commentaires", count
        ),
        Comment.Status.HIDDEN: ngettext(
            "rétablir %(count)d commentaire", "rétablir %(count)d commentaires", count
        ),
    }
    return told[Comment.Status(status)] % {"count": count}


def what_was_done(batch: DecisionBatch) -> str:
    """What the batch did so far, in a sentence."""
    if batch.state in (DecisionBatch.State.UNDOING, DecisionBatch.State.UNDONE):
        told = ngettext(
            "Lot annulé : %(count)d commentaire est comme avant.",
            "Lot annulé : %(count)d commentaires sont comme avant.",
            batch.undone,
        )
        return told % {"count": batch.undone}
    told = {
        Action.PUBLISH: ngettext(
            "%(count)d commentaire publié ou gardé.",
            "%(count)d commentaires publiés ou gardés.",
            batch.done,
        ),
        Action.HOLD: ngettext(
            "%(count)d commentaire mis en attente.",
            "%(count)d commentaires mis en attente.",
            batch.done,
        ),
        Action.HIDE: ngettext(
            "%(count)d commentaire masqué. Motif : %(reason)s.",
            "%(count)d commentaires masqués. Motif : %(reason)s.",
            batch.done,
        ),
    }[Action(batch.action)]
    return told % {"count": batch.done, "reason": batch.get_reason_display()}


def why_left(item: BatchItem) -> str:
    """Why a batch left a comment, loaded with its decisions, as it was."""
    latest = next(iter(item.comment.decisions.all()), None)
    undecided = (latest.pk if latest else None) == item.after
    if item.outcome == BatchItem.Outcome.DECIDED and undecided:
        return _("passages masqués ou démasqués entre-temps")
    return str(item.get_outcome_display())


def progress(batch: DecisionBatch) -> str:
    """How far the batch has come: « 1200 sur 5000 »."""
    return _("%(reached)d sur %(goal)d") % {
        "reached": batch.reached,
        "goal": batch.goal,
    }
