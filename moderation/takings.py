"""Who has which comment before him, told to the others."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment
from moderation.batch_text import name_of
from moderation.models import Taking

EXPIRES = timedelta(minutes=3)
"""A moderator who has gone for coffee holds nothing; one who reads renews."""


def take(comment: Comment, *, by: User) -> bool:
    """Note that ``by`` reads ``comment``, and nothing else; False if another does."""
    now = timezone.now()
    ours_or_over = Taking.objects.filter(
        Q(moderator=by) | Q(taken_at__lt=now - EXPIRES)
    )
    ours_or_over.exclude(comment=comment).delete()
    if ours_or_over.filter(comment=comment).update(moderator=by, taken_at=now):
        return True
    try:
        with transaction.atomic():
            Taking.objects.create(comment=comment, moderator=by, taken_at=now)
    except IntegrityError:
        return False  # another was quicker
    return True


def standing_takings() -> QuerySet[Taking]:
    """Who has which comment before him now, the latest first."""
    return (
        Taking.objects.filter(taken_at__gte=timezone.now() - EXPIRES)
        .select_related("moderator")
        .order_by("-taken_at", "comment")
    )


def taken_by_others(user: User) -> dict[int, str]:
    """{comment's key: « Marie Khoury le lit »}, of everybody but ``user``."""
    taken = standing_takings().exclude(moderator=user)
    told = _("%(who)s le lit")
    return {row.comment_id: told % {"who": name_of(row.moderator)} for row in taken}
