"""RSS 2.0 feeds: the newest articles, and the newest comments of one thread."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.dates import printed_time
from articles.models import Article, Section
from comments.models import Comment
from newsroom.addresses import absolute

ARTICLES = 30
COMMENTS = 50
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold even escaped: https://www.w3.org/TR/xml/#charsets"""


def valid_xml(text: str) -> str:
    """``text`` without the characters that no XML document may hold."""
    return NOT_XML.sub("", text)


class NewspaperFeed(Feed):
    """What the feeds share: addresses of ours, one language, no Last-Modified.

    The header would stay still when an older comment is published, or tell when one
    was withdrawn.
    """

    language = settings.LANGUAGE_CODE

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        return response


class ArticlesFeed(NewspaperFeed):
    """The newest articles of the newspaper, or of one section."""

    def get_object(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> Section | None:
        slug = kwargs.get("slug")
        return get_object_or_404(Section, slug=slug) if slug else None

    def title(self, section: Section | None) -> str:
        name: str = settings.NEWSPAPER_NAME
        return valid_xml(f"{name} – {section.name}" if section else name)

    def link(self, section: Section | None) -> str:
        return absolute(section.get_absolute_url() if section else reverse("front"))

    def feed_url(self, section: Section | None) -> str:
        if section:
            return absolute(reverse("feed_section", args=[section.slug]))
        return absolute(reverse("feed_articles"))

    def description(self, section: Section | None) -> str:
        return _("Les derniers articles")

    def items(self, section: Section | None) -> list[Article]:
        articles = Article.objects.published().newest_first().select_related("section")
        if section:
            articles = articles.filter(section=section)
        return list(articles[:ARTICLES])

    def item_title(self, item: Article) -> str:
        return valid_xml(item.title)

    def item_description(self, item: Article) -> str:
        return valid_xml(escape(item.lede))

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_author_name(self, item: Article) -> str | None:
        return valid_xml(item.byline) or None

    def item_categories(self, item: Article) -> list[str]:
        return [valid_xml(name) for name in (item.section.name, item.topic) if name]

    def item_comments(self, item: Article) -> str:
        return self.item_link(item)


class CommentsFeed(NewspaperFeed):
    """The newest published comments under one published article."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Article:
        return get_object_or_404(Article.objects.published(), slug=kwargs["slug"])

    def title(self, article: Article) -> str:
        name = _("Commentaires : %(title)s") % {"title": article.title}
        return valid_xml(f"{name} – {settings.NEWSPAPER_NAME}")

    def link(self, article: Article) -> str:
        return absolute(article.get_absolute_url())

    def feed_url(self, article: Article) -> str:
        return absolute(reverse("feed_comments", args=[article.slug]))

    def description(self, article: Article) -> str:
        return _("Ce que les lecteurs écrivent sous cet article")

    def items(self, article: Article) -> list[Comment]:
        order = (Coalesce("created_at", "received_at").desc(), "-pk")
        # Keys first: sorting a long thread with its texts costs several times more
        newest = article.comments.published().order_by(*order).values("pk")[:COMMENTS]
        comments = Comment.objects.filter(pk__in=newest).select_related("author")
        return list(comments.order_by(*order))

    def item_title(self, item: Comment) -> str:
        time = printed_time(item.created_at) if item.created_at else item.printed_time
        return valid_xml(", ".join(part for part in (item.author.name, time) if part))

    def item_description(self, item: Comment) -> str:
        return valid_xml(item.html)

    def item_link(self, item: Comment) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Comment) -> datetime | None:
        return item.created_at

    def item_author_name(self, item: Comment) -> str:
        return valid_xml(item.author.name)
