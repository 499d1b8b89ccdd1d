"""Who judges what again, and what he says. The comment stays as it is."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment
from comments.texts import can_be_stored, with_line_feeds
from moderation.deciding import Verdict
from moderation.errors import AlreadyDecided, InvalidDecision, OwnDecision
from moderation.models import Action, Decision, SecondLook

State = SecondLook.State


class NothingToJudge(AlreadyDecided):
    """The look was judged, is moot, or is before somebody else. Tells of no decision:
    who judges does not know any."""


def offer_next(by: User) -> SecondLook | None:
    """Put the oldest look that ``by`` may judge before him; None if there is none.

    The one he has already comes first. Nobody else is offered it for CLAIM_LASTS.
    """
    close_moot()
    if held := SecondLook.objects.held_by(by).first():
        return held
    # Each turn ends here, or another moderator has taken what we were about to take
    while found := SecondLook.objects.for_judge(by).first():
        free = SecondLook.objects.free_for(by).filter(pk=found.pk)
        if free.update(claimed_by=by, claimed_at=timezone.now()):
            return found
    return None


@transaction.atomic
def close_moot() -> int:
    """Close the looks in which there is nothing to judge any more; return how many.

    Called before one is offered, and daily: what makes a look moot (an undoing, an
    edit, a deletion, time) happens in many places, which need not know of looks.
    """
    moot = SecondLook.objects.moot().order_by("pk")
    locked = moot.select_for_update(of=("self",), skip_locked=True)
    keys = list(locked.values_list("pk", flat=True))
    if not keys:
        return 0
    return _close(keys)


def _close(keys: list[int]) -> int:
    looks = SecondLook.objects.open().filter(pk__in=keys)
    return looks.update(state=State.MOOT, closed_at=timezone.now())


def judge(
    look: SecondLook, *, by: User, action: str, reason: str = "", note: str = ""
) -> SecondLook:
    """Keep what ``by``, who has ``look`` before him, would do with the text.

    Raises InvalidDecision for what is no judgement or lacks its reason or note,
    NothingToJudge if it is closed, moot or another's, OwnDecision if ``by`` decided on
    the comment himself or wrote it.
    """
    if action not in (Action.PUBLISH, Action.HIDE):
        raise InvalidDecision(
            _("Dites si vous publieriez ou masqueriez ce commentaire."), field="action"
        )
    if not can_be_stored(note):
        raise InvalidDecision(
            _("Ce texte contient des caractères invalides : retapez-le ici."),
            field="note",
        )
    Verdict(action=Action(action), by=by, reason=reason, note=note).check()
    with transaction.atomic():
        # The lock that decisions take: an undoing comes before or after
        Comment.objects.select_for_update(no_key=True).get(pk=look.comment_id)
        locked = SecondLook.objects.select_for_update(of=("self",)).get(pk=look.pk)
        _check(locked, by)
        moot = SecondLook.objects.moot().filter(pk=look.pk).exists()
        if moot:
            _close([look.pk])
        else:
            locked.action = action
            locked.reason = reason if action == Action.HIDE else ""
            locked.note = with_line_feeds(note).strip()
            locked.moderator, locked.closed_at = by, timezone.now()
            locked.state = State.JUDGED
            locked.save()
    if moot:
        raise NothingToJudge(
            _("Il n’y a plus rien à juger : la décision ou le texte a changé.")
        )
    return locked


def _check(look: SecondLook, by: User) -> None:
    if look.state == State.MOOT:
        raise NothingToJudge(
            _("Il n’y a plus rien à juger : la décision ou le texte a changé.")
        )
    if look.state == State.JUDGED:
        mine = look.moderator_id == by.pk
        raise NothingToJudge(
            _("Vous avez déjà jugé ce commentaire.")
            if mine
            else _("Un autre modérateur a jugé ce commentaire.")
        )
    if look.claimed_by_id != by.pk:
        raise NothingToJudge(_("Ce commentaire n’est pas le vôtre à juger."))
    wrote = Comment.objects.filter(pk=look.comment_id, author__user=by)
    decided = Decision.objects.filter(comment=look.comment_id, moderator=by)
    if wrote.exists() or decided.exists():
        raise OwnDecision(
            _(
                "Vous avez décidé de ce commentaire ou vous l’avez écrit : un autre le "
                "jugera."
            )
        )
