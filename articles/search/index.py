"""Keeping the index of articles: called by whatever writes an article."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from articles.models import Article, ArticleTerms, Block
from articles.search.analysis import terms


def index_article(article: Article) -> None:
    """Make ``article`` findable by its present texts.

    Call it in the transaction that wrote the article, after its blocks.
    """
    blocks = article.blocks.order_by("position").values_list("text", flat=True)
    _store([_terms_of(article, list(blocks))])


def reindex_articles(*, batch: int = 200) -> Iterator[int]:
    """Index every article again, whatever its status; yield how many are done so far.

    One transaction a batch, its articles locked: a text written meanwhile is not lost.
    """
    after = done = 0
    while True:
        with transaction.atomic():
            articles = list(
                Article.objects.select_for_update()
                .filter(pk__gt=after)
                .order_by("pk")[:batch]
            )
            texts: dict[int, list[str]] = {article.pk: [] for article in articles}
            for pk, text in (
                Block.objects.filter(article__in=texts)
                .order_by("article", "position")
                .values_list("article_id", "text")
            ):
                texts[pk].append(text)
            _store(_terms_of(article, texts[article.pk]) for article in articles)
        if not articles:
            return
        after = articles[-1].pk
        done += len(articles)
        yield done


def _terms_of(article: Article, blocks: list[str]) -> ArticleTerms:
    return ArticleTerms(
        article=article,
        title=terms(article.title),
        terms=terms(
            article.title,
            article.kicker,
            article.lede,
            *blocks,
            article.image_caption,
        ),
    )


def _store(entries: Iterable[ArticleTerms]) -> None:
    ArticleTerms.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["title", "terms"],
    )
