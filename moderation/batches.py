"""One decision on many comments, chunk by chunk: stopped anywhere, it can go on.

Each chunk is one transaction: its decisions, the comments' states, the counts and the
batch's own progress are stored together or not at all.
"""

from collections import defaultdict
from collections.abc import Collection
from time import monotonic

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from comments.models import Comment
from moderation.deciding import (
    Deleted,
    Verdict,
    check_seen,
    check_undo,
    hidings,
    latest_decisions,
    masks_changed,
    new_decision,
    new_undoing,
    record,
)
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.models import (
    Action,
    BatchItem,
    Decision,
    DecisionBatch,
    Masking,
    QueueEntry,
)
from moderation.selections import Seen, Selection
from moderation.services import current_revision, masks_mark

CHUNK = 200
"""Comments decided in one transaction."""

State = DecisionBatch.State
Outcome = BatchItem.Outcome


@transaction.atomic
def start_batch(
    selection: Selection, *, action: Action, by: User, reason: str = "", note: str = ""
) -> DecisionBatch:
    """Take note of what is to be decided on which comments; `run_chunk` decides.

    Raises InvalidDecision if a reason lacks or nothing is selected, SelectionGrew if
    more is than was agreed to.
    """
    Verdict(action=action, by=by, reason=reason, note=note).check()
    seen = selection.all()
    if not seen:
        raise InvalidDecision(_("Aucun commentaire n’est choisi."), "comments")
    changed = _masked_otherwise(seen)
    batch = DecisionBatch.objects.create(
        moderator=by,
        action=action,
        reason=reason if action == Action.HIDE else "",
        note=note,
        filters=selection.filters,
        total=len(seen),
        skipped=len(changed),
    )
    BatchItem.objects.bulk_create(
        BatchItem(
            batch=batch,
            comment_id=one.comment,
            revision=one.revision,
            after=one.after,
            outcome=Outcome.DECIDED if one.comment in changed else Outcome.WAITING,
        )
        for one in seen
    )
    return batch


@transaction.atomic
def run_chunk(batch: DecisionBatch, *, size: int = CHUNK) -> DecisionBatch:
    """Decide on the next ``size`` comments of ``batch``, or undo its next decisions.

    Returns the batch as it is then; one that is finished stays as it is. A batch whose
    moderator may no longer decide is cancelled: nobody else answers for it.
    """
    batch = _locked(batch)
    if not batch.unfinished:
        return batch
    undoing = batch.state == State.UNDOING
    by = (batch.undone_by if undoing else None) or batch.moderator
    # Chunks may run long after the page that checked the permission
    if not by.has_perm("moderation.add_decision"):
        batch.state = State.CANCELLED
    elif undoing:
        _undo_next(batch, by, size)
    else:
        _decide_next(batch, by, size)
    batch.save(
        update_fields=["state", "done", "skipped", "undone", "kept", "first_decision"]
    )
    return batch


def run_batch(batch: DecisionBatch, *, seconds: float | None = None) -> DecisionBatch:
    """Run chunks until ``batch`` is finished, or ``seconds`` have passed."""
    started = monotonic()
    while True:
        batch = run_chunk(batch)
        late = seconds is not None and monotonic() - started >= seconds
        if late or not batch.unfinished:
            return batch


@transaction.atomic
def undo_batch(batch: DecisionBatch, *, by: User) -> DecisionBatch:
    """Let the chunks that follow undo what ``batch`` decided; it decides no more.

    Comments that someone decided on since, or whose author changed them, stay as they
    are. Raises AlreadyDecided if the batch is being undone already.
    """
    batch = _locked(batch)
    if not batch.can_be_undone:
        raise AlreadyDecided(_("Ce lot est déjà annulé."))
    batch.state = State.UNDOING
    batch.undone_by = by
    batch.save(update_fields=["state", "undone_by"])
    return batch


@transaction.atomic
def cancel_batch(batch: DecisionBatch) -> DecisionBatch:
    """Let a running ``batch`` decide no more; what it decided stays."""
    batch = _locked(batch)
    if batch.state == State.RUNNING:
        batch.state = State.CANCELLED
        batch.save(update_fields=["state"])
    return batch


def unfinished_batches() -> QuerySet[DecisionBatch]:
    """Batches left in the middle, the oldest first."""
    return (
        DecisionBatch.objects.filter(state__in=(State.RUNNING, State.UNDOING))
        .select_related("moderator", "undone_by")
        .order_by("pk")
    )


def _locked(batch: DecisionBatch) -> DecisionBatch:
    # no_key: a decision of the batch that is undone by itself refers to the batch
    # while its comment is locked; a full lock would deadlock with it
    return (
        DecisionBatch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("moderator", "undone_by")
        .get(pk=batch.pk)
    )


def _decide_next(batch: DecisionBatch, by: User, size: int) -> None:
    items = list(batch.items.filter(outcome=Outcome.WAITING)[:size])
    keys = [item.comment_id for item in items]
    comments, latest = _locked_comments(keys)
    entries = QueueEntry.objects.in_bulk(keys)
    masked = _masked_since(batch, keys)
    verdict = Verdict(
        action=Action(batch.action),
        by=by,
        reason=batch.reason,
        note=batch.note,
        batch=batch,
    )
    decisions: list[Decision] = []
    outcomes: dict[Outcome, list[int]] = defaultdict(list)
    for item in items:
        comment = comments[item.comment_id]
        try:
            check_seen(
                comment,
                latest.get(comment.pk),
                after=item.after,
                revision=item.revision,
            )
            if comment.pk in masked:
                raise masks_changed()
        except AlreadyDecided:
            edited = comment.revision_id != item.revision
            outcome = Outcome.EDITED if edited else Outcome.DECIDED
        except Deleted:
            outcome = Outcome.DELETED
        else:
            outcome = Outcome.DONE
            decisions.append(new_decision(comment, verdict, entries.get(comment.pk)))
        outcomes[outcome].append(item.pk)
    record(decisions)
    _store(outcomes)
    batch.done += len(decisions)
    batch.skipped += len(items) - len(decisions)
    if batch.first_decision_id is None and decisions:
        batch.first_decision = decisions[0]
    if not batch.left:
        batch.state = State.DONE


def _undo_next(batch: DecisionBatch, by: User, size: int) -> None:
    items = list(batch.items.filter(outcome=Outcome.DONE)[:size])
    keys = [item.comment_id for item in items]
    comments, latest = _locked_comments(keys)
    taken = {
        decision.comment_id: decision
        for decision in batch.decisions.filter(comment__in=keys, undoes=None)
    }
    hidden_by = hidings(taken.values())
    undoings: list[Decision] = []
    outcomes: dict[Outcome, list[int]] = defaultdict(list)
    for item in items:
        comment = comments[item.comment_id]
        decision = taken[comment.pk]
        try:
            check_undo(comment, latest.get(comment.pk), decision)
        except AlreadyDecided:
            outcome = Outcome.KEPT
        else:
            outcome = Outcome.UNDONE
            undoings.append(
                new_undoing(
                    comment,
                    decision,
                    by=by,
                    hidden_by=hidden_by.get(comment.pk),
                    batch=batch,
                )
            )
        outcomes[outcome].append(item.pk)
    record(undoings)
    _store(outcomes)
    batch.undone += len(undoings)
    batch.kept += len(items) - len(undoings)
    if batch.done == batch.undone + batch.kept:
        batch.state = State.UNDONE


def _locked_comments(
    keys: Collection[int],
) -> tuple[dict[int, Comment], dict[int, Decision]]:
    """The comments and their last decisions, by the comments' keys.

    Locked in the order of their keys, so that two batches at once wait for each other.
    """
    comments = Comment.objects.select_for_update(no_key=True).order_by("pk")
    return (
        {comment.pk: comment for comment in comments.filter(pk__in=keys)},
        latest_decisions(keys),
    )


def _masked_otherwise(seen: Collection[Seen]) -> set[int]:
    """Those of ``seen`` whose masks are no longer what the moderator saw of them.

    They are locked until the batch is stored: whatever is masked later is later than it,
    as `_masked_since` supposes.
    """
    told = {one.comment: one for one in seen if one.masks is not None}
    if not told:
        return set()
    locked = Comment.objects.select_for_update(of=("self",), no_key=True)
    comments = locked.filter(pk__in=told).select_related("revision").order_by("pk")
    return {
        comment.pk
        for comment in comments
        if comment.revision_id == told[comment.pk].revision
        and masks_mark(current_revision(comment)) != told[comment.pk].masks
    }


def _masked_since(batch: DecisionBatch, keys: Collection[int]) -> set[int]:
    """Those of the comments ``keys`` that were masked or unmasked since it began."""
    began = batch.created_at
    acts = Masking.objects.filter(comment__in=keys).order_by()
    later = acts.filter(Q(created_at__gte=began) | Q(lifted_at__gte=began))
    return set(later.values_list("comment", flat=True))


def _store(outcomes: dict[Outcome, list[int]]) -> None:
    for outcome, keys in outcomes.items():
        BatchItem.objects.filter(pk__in=keys).update(outcome=outcome)
