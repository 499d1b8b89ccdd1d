"""Masking spans of a comment's text, and lifting it: separate, logged, visible acts."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.masking import Mask, settled
from comments.models import Comment, Revision
from comments.services import set_masks
from comments.texts import can_be_stored
from moderation.deciding import (
    Edited,
    Verdict,
    check_seen,
    new_decision,
    record,
)
from moderation.errors import InvalidDecision
from moderation.mailing.sending import owe_masking
from moderation.masking.contacts import contact_spans
from moderation.masking.errors import AlreadyMasked, InvalidMasks
from moderation.masking.models import NOTE_MAX_LENGTH, Masking
from moderation.masking.texts import statement_parts
from moderation.models import Action, Decision, QueueEntry, Report
from moderation.services import current_revision
from moderation.statement_models import new_puid

MASKS_MAX = 50  # spans of one act


@transaction.atomic
def mask(
    comment: Comment,
    *,
    masks: Iterable[Mask],
    by: User,
    after: int | None,
    revision: int | None,
    note: str = "",
    publish: bool = False,
) -> Masking:
    """Mask spans of the text of ``comment``; with ``publish``, publish it too.

    Readers then see what is masked in their place; the stored text stays as it is. What
    was masked before stays so, and is no part of this act. Its author is told after the
    commit. ``after`` and ``revision`` are the last decision and the text that the
    moderator saw. Raises AlreadyDecided if either has changed, AlreadyMasked if nothing
    is left to mask, InvalidMasks for spans that the text does not have, and
    InvalidDecision for a deleted comment.
    """
    wanted = list(masks)
    _check(wanted, note)
    comment = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    latest = Decision.objects.filter(comment=comment).first()
    check_seen(comment, latest, after=after, revision=revision)
    text = current_revision(comment)
    new = _new_masks(wanted, text)
    found = contact_spans(text.text, text.flags.all())
    masking = Masking(
        comment=comment,
        revision=text,
        spans=[list(each) for each in new],
        note=note.strip(),
        moderator=by,
        **statement_parts(
            new,
            puid=new_puid(),
            flagged=any(
                known.start < each.end and each.start < known.end
                for each in new
                for known in found
            ),
            reported=Report.objects.open().filter(comment=comment).exists(),
        ),
    )
    masking.save(force_insert=True)
    set_masks(comment, [*text.masked_spans, *new])
    if publish:
        entry = QueueEntry.objects.filter(comment=comment).first()
        verdict = Verdict(action=Action.PUBLISH, by=by)
        record([new_decision(comment, verdict, entry)])
    owe_masking(masking)
    return masking


@transaction.atomic
def unmask(masking: Masking, *, by: User) -> Masking:
    """Lift ``masking``: readers see its spans again, unless another one masks them.

    Raises AlreadyMasked if it was lifted before, AlreadyDecided if the author has
    changed the text since.
    """
    comment = Comment.objects.select_for_update(no_key=True).get(pk=masking.comment_id)
    masking = Masking.objects.get(pk=masking.pk)
    if not masking.stands:
        raise AlreadyMasked(_("Ces passages ont été démasqués entre-temps."))
    if comment.revision_id != masking.revision_id:
        raise Edited
    masking.lifted_at = timezone.now()
    masking.lifted_by = by
    masking.save(update_fields=["lifted_at", "lifted_by"])
    others = Masking.objects.standing().filter(revision=masking.revision_id)
    set_masks(comment, [each for other in others for each in other.masks])
    return masking


def _check(masks: Sequence[Mask], note: str) -> None:
    if not masks:
        raise InvalidMasks(_("Choisissez au moins un passage à masquer."))
    if len(masks) > MASKS_MAX:
        raise InvalidMasks(
            _("C’est trop pour une fois : %(most)d passages au plus.")
            % {"most": MASKS_MAX}
        )
    if len(note) > NOTE_MAX_LENGTH or not can_be_stored(note):
        raise InvalidDecision(
            _("Cette note est trop longue, ou contient des caractères invalides."),
            field="note",
        )


def _new_masks(wanted: Sequence[Mask], revision: Revision) -> list[Mask]:
    """What of ``wanted`` is not masked yet, in the text's order."""
    try:
        asked = settled(wanted, revision.text)
    except ValueError:
        raise InvalidMasks(
            _("Ce passage n’est pas dans le texte : choisissez-le de nouveau.")
        ) from None
    standing = revision.masked_spans
    new: list[Mask] = []
    for each in asked:
        start = each.start
        for known in standing:
            if known.end <= start or known.start >= each.end:
                continue
            if start < known.start:
                new.append(Mask(start, known.start, each.kind))
            start = known.end
        if start < each.end:
            new.append(Mask(start, each.end, each.kind))
    if not new:
        raise AlreadyMasked(_("Ces passages ont été masqués entre-temps."))
    return new
