"""How often moderators agreed with each rule, on the comments of a period (TRUST L-24)."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from moderation.intervals import wilson
from moderation.models import Action, Flag
from moderation.periods import Period
from moderation.records import decided_texts


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the comments that a version of a rule flagged: those decided, those hidden.

    A comment is decided once a moderator has published or hidden the text it has now,
    and only the latest decision that stands counts (`moderation.records`).
    """

    rule: str
    version: int
    flagged: int
    decided: int
    hidden: int

    @property
    def share(self) -> float | None:
        """The share hidden of those decided, 0 to 1; None while there is none."""
        return self.hidden / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share is to be found, in 95 cases of 100."""
        return wilson(self.hidden, self.decided) if self.decided else None


def rule_precision(period: Period) -> list[Precision]:
    """What became of the flagged comments received in ``period``, by rule and version.

    One query.
    """
    flags = Flag.objects.filter(
        revision__comment__received_at__gte=period.start,
        revision__comment__received_at__lt=period.end,
        revision__comment__revision=F("revision"),
    )
    # Nothing is decided before it is received: the last bound leads to an index
    among = {
        "comment__received_at__gte": period.start,
        "comment__received_at__lt": period.end,
        "created_at__gte": period.start,
    }
    decided = decided_texts(Action.PUBLISH, Action.HIDE, **among)
    hidden = decided_texts(Action.HIDE, **among)
    counted = (
        flags.order_by()
        .values("rule", "rule_version")
        .annotate(
            version=F("rule_version"),
            flagged=Count("revision", distinct=True),
            decided=Count("revision", distinct=True, filter=Q(revision__in=decided)),
            hidden=Count("revision", distinct=True, filter=Q(revision__in=hidden)),
        )
        .order_by("rule", "version")
        .values("rule", "version", "flagged", "decided", "hidden")
    )
    return [Precision(**row) for row in counted]
