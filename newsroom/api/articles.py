"""Sections and published articles: open to everyone."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.permissions import AllowAny

from articles.models import Article, RelatedLink, Section
from moderation.charter.applied import Applied, applied_to_all
from newsroom.api.filters import ArticleFilter
from newsroom.api.pagination import NewestArticles
from newsroom.api.serializers.articles import (
    ArticleDetailSerializer,
    ArticleSerializer,
    SectionSerializer,
)


def shown_articles() -> QuerySet[Article]:
    return Article.objects.published().select_related("section")


@method_decorator(extend_schema(summary=_("Les rubriques")), "get")
class SectionList(generics.ListAPIView):
    serializer_class = SectionSerializer
    permission_classes = (AllowAny,)
    pagination_class = None  # as few as a newspaper has headings

    def get_queryset(self) -> QuerySet[Section]:
        return Section.objects.all()


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(
    extend_schema(summary=_("Les articles parus, le plus récent d’abord")), "get"
)
class ArticleList(generics.ListAPIView):
    serializer_class = ArticleSerializer
    permission_classes = (AllowAny,)
    pagination_class = NewestArticles
    filterset_class = ArticleFilter
    applied: Mapping[int, Applied] = MappingProxyType({})

    def get_queryset(self) -> QuerySet[Article]:
        return shown_articles()

    def paginate_queryset(self, queryset: Any) -> Any:
        page: list[Article] | None = super().paginate_queryset(queryset)
        self.applied = applied_to_all(page or [])
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "applied": self.applied}


@method_decorator(extend_schema(summary=_("Un article, avec son texte")), "get")
class ArticleDetail(generics.RetrieveAPIView):
    serializer_class = ArticleDetailSerializer
    permission_classes = (AllowAny,)
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Article]:
        links = RelatedLink.objects.select_related("target")
        return shown_articles().prefetch_related(
            "blocks", Prefetch("related_links", queryset=links)
        )
