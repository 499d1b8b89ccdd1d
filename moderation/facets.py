"""What the queue can be filtered by, with how many comments wait for each value."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, Min, QuerySet

from articles.models import Article
from moderation.marks import MarkCounts
from moderation.models import QueueEntry
from moderation.recent import recent

OFFERED = 50
"""Articles to choose from; any other can be asked for by its page's address."""
SECONDS = 15
"""After how long the desk's figures are renewed, the counts of its views excepted."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many comments of one article wait, and since when the oldest does."""

    article: int
    title: str
    waiting: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be filtered by: only values that the queue holds now.

    ``articles``: the busiest first, OFFERED at most. ``sections`` are (key, name, how
    many wait), ``moderators`` (key, name): those who may decide; ``languages`` counts
    comments by `languages.Language`.
    """

    articles: list[Backlog] = field(default_factory=list)
    sections: list[tuple[int, str, int]] = field(default_factory=list)
    marks: MarkCounts = field(default_factory=MarkCounts)
    languages: Counter[str] = field(default_factory=Counter)
    moderators: list[tuple[int, str]] = field(default_factory=list)


def may_have_decided(key: int) -> bool:
    """Whether decisions can be looked up by the account ``key``: it may decide, or did."""
    return (
        _who_may_decide().filter(pk=key).exists()
        or User.objects.filter(pk=key, decisions__isnull=False).exists()
    )


def recent_facets() -> Facets:
    """`queue_facets` as of SECONDS ago or a little more (see `recent`)."""
    return recent("facets", queue_facets, seconds=SECONDS)


def queue_facets() -> Facets:
    """What the queue holds now to filter by. Four queries, each reads it once."""
    waiting = QueueEntry.objects.order_by()
    sections = waiting.values_list("article__section", "article__section__name")
    marks, languages = MarkCounts(), Counter[str]()
    counted = waiting.values_list("marks", "language").annotate(Count("pk"))
    for each, language, count in counted:
        marks.add(each, count)
        languages[language] += count
    return Facets(
        articles=_busiest(),
        sections=list(
            sections.annotate(Count("pk")).order_by(
                "article__section__position", "article__section__name"
            )
        ),
        marks=marks,
        languages=languages,
        moderators=_moderators(),
    )


def _busiest() -> list[Backlog]:
    counted = (
        QueueEntry.objects.order_by()
        .values("article")
        .annotate(waiting=Count("pk"), oldest=Min("waiting_since"))
        .order_by("-waiting", "article")[:OFFERED]
    )
    rows = list(counted)
    titles = dict(
        Article.objects.filter(pk__in=[row["article"] for row in rows]).values_list(
            "pk", "title"
        )
    )
    return [Backlog(title=titles[row["article"]], **row) for row in rows]


def _who_may_decide() -> QuerySet[User]:
    return User.objects.with_perm(
        "moderation.add_decision",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )


def _moderators() -> list[tuple[int, str]]:
    people = _who_may_decide()
    named = [(user.pk, user.get_full_name() or user.get_username()) for user in people]
    return sorted(named, key=lambda person: person[1].casefold())
