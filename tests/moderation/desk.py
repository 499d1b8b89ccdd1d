"""What tests of the desk's lists share: comments that wait, and what a page shows."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.utils import timezone

from moderation.models import Flag, QueueEntry
from moderation.services import decide
from tests.factories import CommentFactory

QUEUE = "/moderation/"


def page(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def shown(desk, **query):
    """The keys of the comments on the first page, in order."""
    cards = page(desk.get(QUEUE, query)).select("[data-card]")
    return [int(card["id"].removeprefix("carte-")) for card in cards]


def keys(*comments):
    return [comment.pk for comment in comments]


def wait(rank=QueueEntry.Rank.PENDING, flags=(), days=0, **kwargs):
    """A comment that waits since so many ``days``, with (category, severity, rule)s."""
    at = timezone.now() - timedelta(days=days)
    status = "pending" if rank == QueueEntry.Rank.PENDING else "published"
    comment = CommentFactory(status=status, received_at=at, **kwargs)
    for place, (category, severity, rule) in enumerate(flags):
        Flag.objects.create(
            revision=comment.revision,
            rule=rule,
            rule_version=1,
            category=category,
            severity=severity,
            start=place,
            end=place + 1,
            text="U",
            explanation={"fr": "Parce que."},
        )
    QueueEntry.objects.create(comment=comment, rank=rank, waiting_since=at)
    return comment


def ruled(comment, action, by, reason=""):
    decide(
        comment,
        action=action,
        by=by,
        after=getattr(comment.decisions.first(), "pk", None),
        revision=comment.revision_id,
        reason=reason,
    )
    return comment
