"""Articles whose threads heat up: more contested comments than the time before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from articles.models import Article
from moderation.models import QueueEntry, Report
from moderation.periods import Period
from moderation.tallies import PENDING, first_decisions

NAMED = 10
"""Articles that are named at most."""


@dataclass(frozen=True, slots=True)
class Heat:
    """The comments an article received in a period and in the time before.

    ``contested`` are those that the rules held or readers reported; ``waiting`` is how
    many wait now, whenever they came.
    """

    article: int
    title: str
    slug: str
    received: int
    received_before: int
    contested: int
    contested_before: int
    waiting: int


def heating_articles(period: Period) -> list[Heat]:
    """Those with the greatest increase of contested comments, NAMED at most.

    Three queries.
    """
    inside = Q(comment__received_at__gte=period.start)
    # Nothing is reported before it is received: that bound leads to an index
    reported = Report.objects.filter(created_at__gte=period.before.start).order_by()
    contested = Q(status_after=PENDING) | Q(comment__in=reported.values("comment"))
    rows: QuerySet[Any, Any] = (
        first_decisions(period)
        .values(article=F("comment__article"))
        .annotate(
            received=Count("pk", filter=inside),
            received_before=Count("pk", filter=~inside),
            contested=Count("pk", filter=inside & contested),
            contested_before=Count("pk", filter=~inside & contested),
        )
        .filter(contested__gt=F("contested_before"))
        .order_by(F("contested_before") - F("contested"), "-contested", "-article")
    )
    found = list(rows[:NAMED])
    keys = [row["article"] for row in found]
    articles = Article.objects.only("title", "slug").in_bulk(keys)
    waiting = _waiting(keys)
    return [
        Heat(
            **row,
            title=articles[row["article"]].title,
            slug=articles[row["article"]].slug,
            waiting=waiting.get(row["article"], 0),
        )
        for row in found
    ]


def _waiting(articles: Collection[int]) -> dict[int, int]:
    counted = QueueEntry.objects.filter(article__in=articles).order_by()
    return dict(counted.values_list("article").annotate(Count("pk")))
