"""Lists of articles: the front page and section pages, in a fixed number of queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from articles.models import Article, Section

PER_PAGE = 20
SECONDS = 4  # articles beside the lead story
PER_SECTION = 5  # in a section's block on the front page
CURSOR = re.compile(r"(-?\d{1,17})-(\d{1,18})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadCursor(ValueError):
    """A place in a list that no page of ours links to."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some articles, newest first; ``next_before`` is empty on the last page."""

    articles: Sequence[Article]
    next_before: str


@dataclass(frozen=True, slots=True)
class SectionBlock:
    section: Section
    articles: Sequence[Article]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The lead story, the next ones, then what each section adds to them."""

    lead: Article | None
    seconds: Sequence[Article]
    blocks: Sequence[SectionBlock]
    sections: Sequence[Section]


def cursor_of(moment: datetime, pk: int) -> str:
    """A place in a list ordered by ``moment``, then key: microseconds and key."""
    return f"{(moment - EPOCH) // timedelta(microseconds=1)}-{pk}"


def parse_cursor(text: str) -> tuple[datetime, int]:
    """The moment and key of `cursor_of`. Raises BadCursor."""
    found = CURSOR.fullmatch(text)
    if found is None or not text.isascii():
        raise BadCursor(text)
    try:
        return EPOCH + timedelta(microseconds=int(found[1])), int(found[2])
    except OverflowError as error:
        raise BadCursor(text) from error


def section_page(section: Section, *, before: str = "") -> ArticlePage:
    """The articles of ``section`` that come after place ``before``, newest first.

    One query that reads one page of the index at any depth. Raises BadCursor.
    """
    articles = section.articles.published().newest_first()
    if before:
        moment, pk = parse_cursor(before)
        articles = articles.filter(
            Q(ordered_at__lt=moment) | Q(ordered_at=moment, pk__lt=pk),
            ordered_at__lte=moment,
        )
    found = list(articles[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    more = len(found) > PER_PAGE
    last = shown[-1] if more else None
    return ArticlePage(shown, cursor_of(last.ordered_at, last.pk) if last else "")


def front_page() -> FrontPage:
    """Compose the front page in three queries, however many sections there are."""
    newest = newest_articles(1 + SECONDS)
    shown = {article.pk for article in newest}
    wanted = PER_SECTION + len(shown)
    published = Article.objects.published().newest_first()
    # The date of each section's last article to show: an index lookup per section,
    # where numbering rows by section would read the whole archive
    depth = published.filter(section=OuterRef("pk")).values("ordered_at")
    sections = list(
        Section.objects.annotate(oldest_shown=Subquery(depth[wanted - 1 : wanted]))
    )
    by_section: dict[int, list[Article]] = {section.pk: [] for section in sections}
    for article in _newest_of(sections):
        row = by_section[article.section_id]
        if article.pk not in shown and len(row) < PER_SECTION:
            row.append(article)
    blocks = [
        SectionBlock(section, by_section[section.pk])
        for section in sections
        if by_section[section.pk]
    ]
    return FrontPage(newest[0] if newest else None, newest[1:], blocks, sections)


def newest_articles(count: int) -> list[Article]:
    published = Article.objects.published().newest_first()
    return list(published.select_related("section")[:count])


def _newest_of(sections: Sequence[Section]) -> QuerySet[Article]:
    condition = Q(pk__in=())
    for section in sections:
        oldest = section.oldest_shown  # type: ignore[attr-defined]
        part = Q(section=section)
        condition |= part & Q(ordered_at__gte=oldest) if oldest else part
    return Article.objects.published().newest_first().filter(condition)
