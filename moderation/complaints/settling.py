"""What becomes of complaints when their comment is decided on again."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from comments.models import Comment
from moderation.complaints.mail import send_soon
from moderation.complaints.models import Complaint
from moderation.models import Decision

_ANSWER = ("state", "outcome", "decision", "moderator", "reasoning", "answered_at")


def settle_complaints(
    decisions: Iterable[Decision], answered: Complaint | None = None
) -> None:
    """Close the open complaints that ``decisions`` leave without object.

    In their transaction: those about a comment that is hidden now, and those against a
    decision that was undone, whose report is open again. ``answered`` is the one that a
    decision upholds, with what a moderator says to it. Two queries; one where nobody
    complains, none where nothing is hidden or undone.
    """
    ended = {
        d.comment_id: d
        for d in decisions
        if d.status_after == Comment.Status.HIDDEN or d.undoes_id is not None
    }
    if not ended:
        return
    hidden = [pk for pk, d in ended.items() if d.status_after == Comment.Status.HIDDEN]
    undone = [d.undoes_id for d in ended.values() if d.undoes_id is not None]
    found = Complaint.objects.open().filter(
        Q(report__comment__in=hidden) | Q(contested__in=undone)
    )
    complaints = list(found.select_related("report"))
    for complaint in complaints:
        complaint.decision = ended[complaint.report.comment_id]
        complaint.outcome = Complaint.Outcome.MOOT
        if answered is not None and complaint == answered:
            complaint.outcome = answered.outcome
            complaint.moderator = answered.moderator
            complaint.reasoning = answered.reasoning
    close(complaints)


def close(complaints: list[Complaint]) -> None:
    """Store the answers to ``complaints``; their reporters are told after the commit."""
    if not complaints:
        return
    now = timezone.now()
    for complaint in complaints:
        complaint.state = Complaint.State.ANSWERED
        complaint.answered_at = now
    Complaint.objects.bulk_update(complaints, _ANSWER, batch_size=200)
    send_soon([complaint.pk for complaint in complaints])
