"""How tests of reports decide, and what they look at afterwards."""

from typing import Any

from comments.models import Comment
from moderation.filters import QueueFilters
from moderation.models import Action, Decision, Report
from moderation.queue import queue_page
from moderation.services import decide
from tests.factories import ModeratorFactory

OPEN = ("open", "")


def decided(comment: Comment, action: str = Action.HIDE, **kwargs: Any) -> Decision:
    """What some moderator decided of ``comment`` as it stands."""
    comment.refresh_from_db()
    last = comment.decisions.first()
    return decide(
        comment,
        action=Action(action),
        by=ModeratorFactory(),
        after=last.pk if last else None,
        revision=comment.revision_id,
        reason="injure" if action == Action.HIDE else "",
        **kwargs,
    )


def states(*reports: Report) -> list[tuple[str, str]]:
    """(state, outcome) of each report, as the database has them."""
    rows = {r.pk: r for r in Report.objects.all()}
    return [(rows[r.pk].state, rows[r.pk].outcome) for r in reports]


def queue() -> list[Comment]:
    return [entry.comment for entry in queue_page(QueueFilters()).entries]
