"""What the desk says of a batch of decisions."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.models import Action, DecisionBatch


def name_of(account: User) -> str:
    """What moderators call each other."""
    return account.get_full_name() or account.get_username()


def asked_for(action: str, count: int) -> str:
    """What a moderator wants done: « Masquer 12 commentaires »."""
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


def progress(batch: DecisionBatch) -> str:
    """How far the batch has come: « 1200 sur 5000 »."""
    return _("%(reached)d sur %(goal)d") % {
        "reached": batch.reached,
        "goal": batch.goal,
    }
