"""What the desk tells beside its lists: counts, groups, what there is to filter by."""

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django_filters.utils import translate_validation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.asked_again import etag_of, is_known
from moderation.likeness.groups import large_groups
from moderation.models import QueueEntry
from moderation.recent import renew_old
from moderation.waiting import desk_numbers, live_counts, newest_key
from newsroom.api.permissions import MaySeeQueue, account_of
from newsroom.api.serializers.desk import (
    CountsSerializer,
    LargeGroupsSerializer,
    OverviewSerializer,
    overview,
)
from newsroom.api.sought import NewerFilter


@method_decorator(never_cache, "dispatch")
class Counts(generics.GenericAPIView):
    permission_classes = (MaySeeQueue,)
    serializer_class = CountsSerializer
    pagination_class = None
    filterset_class = NewerFilter

    def get_queryset(self) -> QuerySet[QueueEntry]:
        return QueueEntry.objects.all()

    @extend_schema(
        summary=_("Combien de commentaires il y a dans chaque vue du pupitre"),
        description=_(
            "Les nombres des onglets de la file, et combien de commentaires qui "
            "répondent aux filtres sont venus depuis `newer_than`. Rendez l’`ETag` de "
            "la réponse d’avant dans `If-None-Match` : si rien n’a changé, c’est 304."
        ),
        filters=True,
        parameters=[
            OpenApiParameter(
                "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER
            ),
        ],
        responses={
            200: CountsSerializer,
            304: OpenApiResponse(description=_("Rien n’a changé.")),
        },
    )
    def get(self, request: Request) -> Response:
        asked = NewerFilter(request.query_params, self.get_queryset(), request=request)
        if not asked.is_valid():
            raise translate_validation(asked.errors)
        new = asked.count_new()
        numbers = desk_numbers(account_of(request), live_counts())
        answer = {
            **{name: count.number for name, count in numbers.items()},
            "mine_more": numbers["mine"].more,
            "newest": newest_key(),
            "new": new.number,
            "new_more": new.more,
        }
        renew_old()
        etag = etag_of(answer)
        if is_known(etag, request._request):
            return Response(status=304, headers={"ETag": etag})
        return Response(CountsSerializer(answer).data, headers={"ETag": etag})


@method_decorator(never_cache, "dispatch")
class Overview(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(
        summary=_("Ce qui attend, selon tout ce par quoi la file se filtre"),
        description=_(
            "Articles, rubriques, relevés et langues avec ce qui attend de chacun, "
            "retards, délais des derniers jours, et les modérateurs par leur clé. Ces "
            "nombres peuvent avoir quelques secondes."
        ),
        responses=OverviewSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(OverviewSerializer(overview()).data)


@method_decorator(never_cache, "dispatch")
class LargeGroups(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(
        summary=_("Les plus grands groupes de textes presque identiques qui attendent"),
        responses=LargeGroupsSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(LargeGroupsSerializer(large_groups()).data)
