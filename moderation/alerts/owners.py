"""Who takes care of a comment that waits. It holds nobody back and stops no clock."""

from django.contrib.auth.models import User

from comments.models import Comment
from moderation.models import QueueEntry


def take_charge(comment: Comment, *, by: User, of: int | None) -> bool:
    """Note that ``by`` takes care of ``comment``, from ``of`` if someone else did.

    ``of`` is the key of the owner that ``by`` saw; False, and nothing changed, if it is
    another by now or the comment does not wait.
    """
    entry = QueueEntry.objects.filter(comment=comment, owner=of)
    return bool(entry.update(owner=by))


def leave_charge(comment: Comment, *, by: User) -> bool:
    """Note that ``by`` no longer takes care of ``comment``; False if he did not."""
    entry = QueueEntry.objects.filter(comment=comment, owner=by)
    return bool(entry.update(owner=None))
