"""What every decision of a moderator goes by, of one comment or of many.

The services lock the comments, ask here what may be done, and have it recorded here:
the one place where decisions are stored with all that follows from them.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment, Revision
from comments.services import set_statuses
from moderation.appeal_outcomes import Answer
from moderation.complaints.settling import settle_complaints
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.models import (
    STATUS_AFTER,
    Action,
    Complaint,
    Decision,
    DecisionBatch,
    QueueEntry,
    StatementOfReasons,
)
from moderation.ranking import place_in_queue
from moderation.reasons import OTHER_NOTE_MIN_LENGTH, ReasonCode
from moderation.reports import settle_reports
from moderation.second_looks.drawing import draw_from
from moderation.statements import write_statements
from moderation.webhooks.outbox import decided, tell


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a moderator wants done; the same for all comments of a batch."""

    action: Action
    by: User
    reason: str = ""
    note: str = ""
    batch: DecisionBatch | None = None

    def check(self) -> None:
        """Raises InvalidDecision if hiding lacks its reason or note."""
        if self.action != Action.HIDE:
            return
        if self.reason not in ReasonCode.values:
            raise InvalidDecision(
                _("Choisissez un motif pour masquer ce commentaire."), field="reason"
            )
        if (
            self.reason == ReasonCode.AUTRE
            and len(self.note.strip()) < OTHER_NOTE_MIN_LENGTH
        ):
            raise InvalidDecision(
                _("Avec le motif « Autre », expliquez en 20 caractères au moins."),
                field="note",
            )


class Edited(AlreadyDecided):
    """The author changed the text since the moderator loaded it."""

    def __init__(self) -> None:
        super().__init__(_("L’auteur a modifié ce commentaire entre-temps."))


def masks_changed() -> AlreadyDecided:
    """What speaks against a decision on a text that was masked or unmasked since."""
    return AlreadyDecided(_("Des passages ont été masqués ou démasqués entre-temps."))


class Deleted(InvalidDecision):
    """The comment was deleted."""


def check_seen(
    comment: Comment,
    latest: Decision | None,
    *,
    after: int | None,
    revision: int | None,
) -> None:
    """Raises what speaks against a decision on a locked ``comment``.

    AlreadyDecided if its ``latest`` decision is not the one ``after`` which the
    moderator decides, Edited if its text is not the ``revision`` he saw; Deleted.
    """
    if (latest.pk if latest else None) != after:
        raise AlreadyDecided(_("Ce commentaire a été traité entre-temps."), latest)
    if comment.revision_id != revision:
        raise Edited
    if comment.status == Comment.Status.DELETED:
        raise Deleted(_("Ce commentaire a été supprimé."))


def check_undo(comment: Comment, latest: Decision | None, decision: Decision) -> None:
    """Raises what speaks against undoing ``decision`` on its locked ``comment``."""
    if latest != decision:
        raise AlreadyDecided(_("Ce commentaire a été traité entre-temps."), latest)
    if decision.moderator_id is None or decision.undoes_id is not None:
        raise InvalidDecision(_("Cette décision ne peut pas être annulée."))
    if (comment.revision_id, comment.status) != (
        decision.revision_id,
        decision.status_after,
    ):
        raise Edited


def new_decision(
    comment: Comment, verdict: Verdict, entry: QueueEntry | None
) -> Decision:
    """The decision on a locked ``comment``, to be recorded."""
    return Decision(
        comment=comment,
        revision_id=_text_of(comment),
        action=verdict.action,
        moderator=verdict.by,
        reason=verdict.reason if verdict.action == Action.HIDE else "",
        note=verdict.note,
        batch=verdict.batch,
        status_before=comment.status,
        status_after=STATUS_AFTER[verdict.action],
        waiting_since=entry.waiting_since if entry else None,
    )


def new_undoing(
    comment: Comment,
    decision: Decision,
    *,
    by: User,
    hidden_by: Decision | None,
    batch: DecisionBatch | None = None,
) -> Decision:
    """The decision that puts a locked ``comment`` back as before ``decision``.

    ``hidden_by`` is the latest decision that hid it, whose reason holds again;
    ``batch`` the one that is undone as a whole.
    """
    restored = Comment.Status(decision.status_before)
    hiding = hidden_by if restored == Comment.Status.HIDDEN else None
    return Decision(
        comment=comment,
        revision_id=_text_of(comment),
        action=next(a for a, status in STATUS_AFTER.items() if status == restored),
        moderator=by,
        reason=hiding.reason if hiding else "",
        note=hiding.note if hiding else "",
        undoes=decision,
        batch=batch,
        status_before=comment.status,
        status_after=restored,
    )


def record(
    decisions: Sequence[Decision],
    *,
    message: str = "",
    source: StatementOfReasons.Source = StatementOfReasons.Source.VOLUNTARY,
    answer: Answer | None = None,
    complaint: Complaint | None = None,
) -> None:
    """Store ``decisions`` and all that follows from them.

    Status, counts and queue; the statements their authors read (``message``, ``source``:
    see `write_statements`), and the appeals against those that are lifted (``answer``
    if a decision answers one); the answers to readers' reports, and to those who contest
    one (``complaint`` if a decision upholds it); which are judged again, but for answers
    to an appeal: who judges again does not know its argument; webhooks. Each comment is
    locked by
    the caller's transaction and stands here once. The number of queries depends on the
    articles, not on the comments.
    """
    set_statuses((d.comment, Comment.Status(d.status_after)) for d in decisions)
    Decision.objects.bulk_create(decisions)
    waits = {d.comment_id: _waits_as(d) for d in decisions}
    QueueEntry.objects.filter(
        comment__in=[pk for pk, place in waits.items() if place is None]
    ).delete()
    enqueue((d.comment, *place) for d in decisions if (place := waits[d.comment_id]))
    write_statements(decisions, message=message, source=source, answer=answer)
    settle_reports(*decisions)
    settle_complaints(decisions, complaint)
    if answer is None and complaint is None:
        draw_from(decisions)
    tell(*map(decided, decisions))


def enqueue(places: Iterable[tuple[Comment, QueueEntry.Rank, datetime]]) -> None:
    """Let comments wait, each in its state and since its time."""
    entries = [
        QueueEntry(comment=comment, rank=rank, waiting_since=since)
        for comment, rank, since in places
    ]
    QueueEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["rank", "waiting_since"],
    )
    place_in_queue([entry.comment for entry in entries])


def latest_decisions(
    comments: Iterable[int], *, without: Collection[int] = (), **among: Any
) -> dict[int, Decision]:
    """{comment's key: its last decision ``among`` those}, where there is one."""
    latest = (
        Decision.objects.filter(comment__in=comments, **among)
        .exclude(pk__in=without)
        .order_by()
        .values("comment")
        .annotate(key=Max("pk"))
        .values("key")
    )
    found = Decision.objects.filter(pk__in=latest)
    return {decision.comment_id: decision for decision in found}


def hidings(undone: Collection[Decision]) -> dict[int, Decision]:
    """{comment's key: the latest decision that hid it}, itself or by undoing another.

    Of the comments of ``undone``, each the last decision on its own, left out here.
    """
    return latest_decisions(
        [decision.comment_id for decision in undone],
        without=[decision.pk for decision in undone],
        action=Action.HIDE,
    )


def _text_of(comment: Comment) -> int:
    if comment.revision_id is None:
        raise Revision.DoesNotExist(f"comment {comment.pk} has no text")
    return comment.revision_id


def _waits_as(decision: Decision) -> tuple[QueueEntry.Rank, datetime] | None:
    """As what and since when its comment waits after ``decision``, if it does."""
    if decision.undoes is not None:
        since = decision.undoes.waiting_since
    elif decision.action == Action.HOLD:
        since = decision.waiting_since or timezone.now()
    else:
        since = None
    if since is None:
        return None
    pending = decision.status_after == Comment.Status.PENDING
    return (QueueEntry.Rank.PENDING if pending else QueueEntry.Rank.FLAGGED), since
