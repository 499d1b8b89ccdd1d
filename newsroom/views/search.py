import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from articles.dates import printed_day, printed_time
from articles.listing import BadCursor
from articles.models import Article, ArticleTerms
from articles.search.analysis import MAX_QUERY_WORDS, Query, parse_query
from articles.search.extracts import Segment, extract, first_answering, marked
from articles.search.matching import COUNTED
from articles.search.results import count_articles, search_articles
from comments.models import Comment, CommentTerms
from comments.search import count_comments, search_comments

ARTICLES: Final = "articles"
COMMENTS: Final = "commentaires"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article as a result; title, kicker and extract in segments to mark."""

    article: Article
    kicker: list[Segment]
    title: list[Segment]
    extract: list[Segment]
    printed_day: str


@dataclass(frozen=True, slots=True)
class FoundComment:
    """A comment as a result, its extract in segments to mark."""

    comment: Comment
    extract: list[Segment]
    written_at: datetime | None
    printed_time: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ``q``: articles and comments, or pages of one kind (``dans``)."""
    typed = _typed(request.GET.get("q", ""))
    query = parse_query(typed)
    only = request.GET.get("dans", "")
    context = {
        "typed": typed,
        "query": query,
        "cut_notice": _cut_notice(query),
        "page_kind": "search",
    }
    try:
        context |= _results(typed, query, only, request.GET.get("apres", ""))
    except BadCursor as error:
        raise Http404("no such place in the results") from error
    return render(request, "newsroom/search.html", context)


def _results(typed: str, query: Query, only: str, after: str) -> dict[str, Any]:
    """Raises BadCursor."""
    context: dict[str, Any] = {}
    if query and only != COMMENTS:
        articles = search_articles(query, after=after if only == ARTICLES else "")
        context |= {
            "articles": [_found_article(row, query) for row in articles.rows],
            "article_count": _article_count(count_articles(query)),
            "more_articles": _next_page(typed, ARTICLES, articles.next_after),
        }
    if query and only != ARTICLES:
        comments = search_comments(query, after=after if only == COMMENTS else "")
        context |= {
            "comments": [_found_comment(row, query) for row in comments.rows],
            "comment_count": _comment_count(count_comments(query)),
            "more_comments": _next_page(typed, COMMENTS, comments.next_after),
        }
    if only in (ARTICLES, COMMENTS) and query:
        context["all_results"] = f"{reverse('search')}?{urlencode({'q': typed})}"
    return context


def _typed(text: str) -> str:
    """``text`` without what no page can show: control characters, lone surrogates."""
    return "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text
    ).strip()


def _found_article(row: ArticleTerms, query: Query) -> FoundArticle:
    article = row.article
    texts = [
        article.lede,
        *(block.text for block in article.blocks.all()),
        article.image_caption,
    ]
    return FoundArticle(
        article=article,
        kicker=marked(article.kicker, query),
        title=marked(article.title, query),
        extract=extract(first_answering(texts, query), query),
        printed_day=printed_day(article.published_at) if article.published_at else "",
    )


def _found_comment(row: CommentTerms, query: Query) -> FoundComment:
    comment = row.comment
    written = comment.created_at
    time = printed_time(written) if written else comment.printed_time
    return FoundComment(
        comment=comment,
        extract=extract(comment.revision.shown_text if comment.revision else "", query),
        written_at=written,
        printed_time=time or _("heure inconnue"),
    )


def _next_page(typed: str, kind: str, after: str) -> str:
    if not after:
        return ""
    asked = urlencode({"q": typed, "dans": kind, "apres": after})
    return f"{reverse('search')}?{asked}"


def _cut_notice(query: Query) -> str:
    if not query.cut:
        return ""
    return _("Seuls les %(count)d premiers mots ont été cherchés.") % {
        "count": MAX_QUERY_WORDS
    }


def _article_count(count: int) -> str:
    if count > COUNTED:
        return _("plus de %(count)d articles") % {"count": COUNTED}
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}


def _comment_count(count: int) -> str:
    if count > COUNTED:
        return _("plus de %(count)d commentaires") % {"count": COUNTED}
    return ngettext("%(count)d commentaire", "%(count)d commentaires", count) % {
        "count": count
    }
