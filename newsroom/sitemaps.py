"""What search engines are told exists: the front page, sections, articles."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Article, Section
from moderation.models import CharterVersion


class NewspaperSitemap(Sitemap):
    """Addresses of the newspaper itself, whatever name the crawler asked for."""

    limit = 1000

    def get_protocol(self, protocol: str | None = None) -> str:
        return str(settings.NEWSPAPER_URL).partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return str(settings.NEWSPAPER_URL).partition("://")[2]


class SectionSitemap(NewspaperSitemap):
    """The front page, then every section. When a list last changed is not known."""

    def items(self) -> list[str]:
        sections = Section.objects.order_by("pk")
        return [reverse("front"), *(each.get_absolute_url() for each in sections)]

    def location(self, item: str) -> str:
        return item


class ArticleSitemap(NewspaperSitemap):
    """Published articles, in an order that new ones do not shift."""

    def items(self) -> QuerySet[Article]:
        return (
            Article.objects.published()
            .order_by("pk")
            .only("slug", "status", "updated_at")
        )

    def lastmod(self, item: Article) -> datetime:
        return item.updated_at


class CharterSitemap(NewspaperSitemap):
    """The charter of comments, once it was published."""

    def items(self) -> QuerySet[CharterVersion]:
        return CharterVersion.objects.only("published_at")[:1]

    def location(self, item: CharterVersion) -> str:
        return reverse("charter")

    def lastmod(self, item: CharterVersion) -> datetime:
        return item.published_at


SITEMAPS: dict[str, type[NewspaperSitemap]] = {
    "rubriques": SectionSitemap,
    "articles": ArticleSitemap,
    "charte": CharterSitemap,
}
