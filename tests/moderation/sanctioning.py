"""What tests of sanctions share."""

from datetime import timedelta

from django.utils import timezone

from moderation.models import Sanction
from moderation.sanctions import Order, impose_sanction
from tests.factories import ModeratorFactory

GRAVE = "Menace de mort, répétée trois fois."


def sanctioned(author, kind, *, by=None, **order):
    """The sanction of ``kind`` on ``author``, imposed as a moderator would."""
    order.setdefault("reason", "injure")
    if kind == "review":
        order.setdefault("comments", 2)
    if kind == "suspension":
        order.setdefault("until", timezone.localdate() + timedelta(9))
    if kind in Sanction.NO_POSTING:
        order.setdefault("grave", True)
        order.setdefault("grave_reason", GRAVE)
    return impose_sanction(
        author,
        Order(kind=Sanction.Kind(kind), **order),
        by=by or ModeratorFactory(),
        after=author.sanctions.values_list("pk", flat=True).first(),
    )
