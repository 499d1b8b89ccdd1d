"""Finding articles. Only published ones, whatever the index holds."""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, When

from articles.listing import BadCursor, cursor_of, parse_cursor
from articles.models import Article, ArticleTerms
from articles.search.analysis import Query
from articles.search.matching import COUNTED, HasStems, Page, holds

PAGE_SIZE = 10


def search_articles(query: Query, *, after: str = "") -> Page[ArticleTerms]:
    """The articles that answer ``query``: by title first, then the newest first.

    Rows come with ``article``, its section and blocks: two queries. Raises BadCursor
    if ``after`` is nothing that `Page.next_after` gave.
    """
    by_title = holds("title", ((stem,) for stem in query.stems))
    rank = Case(When(by_title, then=1), default=0, output_field=IntegerField())
    order = ("-rank", "-article__ordered_at", "-pk")
    found = _matching(query).annotate(rank=rank).order_by(*order)
    if after:
        least, moment, pk = _parse_place(after)
        found = found.filter(
            Q(rank__lt=least)
            | Q(rank=least, article__ordered_at__lt=moment)
            | Q(rank=least, article__ordered_at=moment, pk__lt=pk)
        )
    # Keys are chosen first: sorting all that answers with its texts costs far more
    keys = found.values("pk")[: PAGE_SIZE + 1]
    rows = list(
        ArticleTerms.objects.filter(pk__in=keys)
        .annotate(rank=rank)
        .defer("title", "terms")
        .select_related("article__section")
        .prefetch_related("article__blocks")
        .order_by(*order)
    )
    if len(rows) <= PAGE_SIZE:
        return Page(rows, "")
    rows.pop()
    last = rows[-1]
    return Page(rows, f"{last.rank}.{cursor_of(last.article.ordered_at, last.pk)}")


def count_articles(query: Query) -> int:
    """How many articles answer ``query``; COUNTED + 1 for any greater number."""
    return _matching(query)[: COUNTED + 1].count()


def _matching(query: Query) -> QuerySet[ArticleTerms]:
    if not query:
        return ArticleTerms.objects.none()
    return ArticleTerms.objects.filter(
        HasStems(tuple(query.stems), table=ArticleTerms._meta.db_table),
        holds("terms", query.phrases),
        article__status=Article.Status.PUBLISHED,
    )


def _parse_place(after: str) -> tuple[int, datetime, int]:
    rank, _dot, place = after.partition(".")
    if rank not in ("0", "1"):
        raise BadCursor(after)
    return int(rank), *parse_cursor(place)
