"""The articles that a moderator keeps an eye on."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.models import Article
from moderation.models import WatchedArticle
from moderation.waiting import watched_articles
from moderation.watching import unwatch, watch
from newsroom.api.pagination import NewestWatched
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.serializers.desk import WatchedArticleSerializer


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(
        summary=_("Les articles que l’on suit, le dernier choisi d’abord"),
        description=_("`waiting` : combien de leurs commentaires attendent."),
    ),
    "get",
)
class WatchedArticles(generics.ListAPIView):
    serializer_class = WatchedArticleSerializer
    permission_classes = (MaySeeQueue,)
    pagination_class = NewestWatched
    filter_backends = ()
    queryset = WatchedArticle.objects.none()  # read by the schema alone

    def get_queryset(self) -> QuerySet[WatchedArticle]:
        return watched_articles(account_of(self.request))


class Watched(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Suivre un article"),
        description=_("Un article que l’on suit déjà reste comme il est."),
        request=None,
        responses=WatchedArticleSerializer,
    )
    def put(self, request: Request, slug: str) -> Response:
        article, account = get_object_or_404(Article, slug=slug), account_of(request)
        watch(article, by=account)
        found = watched_articles(account).get(article=article)
        return Response(WatchedArticleSerializer(found).data)

    @extend_schema(
        summary=_("Ne plus suivre un article"), request=None, responses={204: None}
    )
    def delete(self, request: Request, slug: str) -> Response:
        unwatch(get_object_or_404(Article, slug=slug), by=account_of(request))
        return Response(status=204)
