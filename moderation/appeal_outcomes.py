"""What becomes of appeals when the statements they contest are lifted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from moderation.appeal_mail import send_soon
from moderation.models import Appeal, StatementOfReasons

_ANSWER = ("state", "outcome", "decision", "moderator", "reasoning", "answered_at")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a moderator answers ``appeal``: ``reasoning`` is for the author to read."""

    appeal: Appeal
    by: User
    reasoning: str


def uphold(answer: Answer) -> Appeal:
    """Close the appeal with the hiding upheld; its comment is locked by the caller."""
    appeal = answer.appeal
    appeal.outcome = Appeal.Outcome.UPHELD
    _sign(appeal, answer)
    _close([appeal])
    return appeal


def settle_appeals(
    lifted: Iterable[StatementOfReasons], answer: Answer | None = None
) -> None:
    """Close the open appeals against statements just ``lifted``, in their transaction.

    ``answer`` is the one that lifted its appeal's statement; what any other decision
    lifted leaves its appeal without object. Two queries; one where no appeal is open.
    """
    decisions = {statement.pk: statement.lifted_by_id for statement in lifted}
    if not decisions:
        return
    appeals = list(Appeal.objects.open().filter(statement__in=decisions))
    for appeal in appeals:
        appeal.decision_id = decisions[appeal.statement_id]
        appeal.outcome = Appeal.Outcome.MOOT
        if answer is not None and appeal == answer.appeal:
            appeal.outcome = Appeal.Outcome.REVERSED
            _sign(appeal, answer)
    _close(appeals)


def _sign(appeal: Appeal, answer: Answer) -> None:
    appeal.moderator = answer.by
    appeal.reasoning = answer.reasoning


def _close(appeals: list[Appeal]) -> None:
    if not appeals:
        return
    now = timezone.now()
    for appeal in appeals:
        appeal.state = Appeal.State.ANSWERED
        appeal.answered_at = now
    Appeal.objects.bulk_update(appeals, _ANSWER, batch_size=200)
    send_soon([appeal.pk for appeal in appeals])
