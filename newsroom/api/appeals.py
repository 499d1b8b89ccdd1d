"""Appeals: one's own, and those that moderators answer."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.appeals import answer_appeal, contest
from moderation.models import Appeal
from moderation.readers import own_appeals, own_statements
from newsroom.api.filters import AppealFilter
from newsroom.api.pagination import NewestDecisions, OldestAppeals
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.appeals import (
    AppealAnswerSerializer,
    AppealSerializer,
    NewAppealSerializer,
    OwnAppealSerializer,
)
from newsroom.article_page import author_of


def known_appeals() -> QuerySet[Appeal]:
    return Appeal.objects.select_related(
        "moderator",
        "statement__decision__moderator",
        "statement__decision__undone_by",
        "statement__comment__author",
    )


@extend_validation_errors(["invalid"], "cursor", methods=["get"])
@extend_validation_errors(["invalid"], "page_size", methods=["get"])
@method_decorator(never_cache, "dispatch")
class OwnAppeals(generics.GenericAPIView):
    serializer_class = OwnAppealSerializer
    permission_classes = (IsAuthenticated,)
    pagination_class = NewestDecisions
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Appeal]:
        author = author_of(self.request.user)
        return own_appeals(author) if author else Appeal.objects.none()

    @extend_schema(
        summary=_("Mes contestations et leurs réponses"),
        responses=OwnAppealSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary=_("Contester le masquage d’un de ses commentaires"),
        description=_(
            "`statement` est la référence de l’exposé des motifs. Répété, l’appel rend "
            "la même contestation."
        ),
        request=NewAppealSerializer,
        responses={201: OwnAppealSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request) -> Response:
        data = NewAppealSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        author = author_of(request.user)
        if author is None:
            raise Http404
        statement = get_object_or_404(
            own_statements(author), puid=data.validated_data["statement"]
        )
        appeal = contest(
            statement, author=author, argument=data.validated_data["argument"]
        )
        return Response(OwnAppealSerializer(appeal).data, status=201)


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Les contestations, la plus ancienne d’abord")), "get"
)
class Appeals(generics.ListAPIView):
    serializer_class = AppealSerializer
    permission_classes = (MaySeeQueue,)
    pagination_class = OldestAppeals
    filterset_class = AppealFilter

    def get_queryset(self) -> QuerySet[Appeal]:
        return known_appeals()


@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Une contestation, la décision et la réponse")), "get"
)
class AppealDetail(generics.RetrieveAPIView):
    serializer_class = AppealSerializer
    permission_classes = (MaySeeQueue,)

    def get_queryset(self) -> QuerySet[Appeal]:
        return known_appeals()


@extend_validation_errors(["invalid_decision"], "outcome")
@extend_validation_errors(["invalid_decision"], "reasoning")
@extend_validation_errors(["invalid_decision"], "non_field_errors")
class AnswerAppeal(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Maintenir un masquage contesté, ou rétablir le commentaire"),
        description=_(
            "`after` et `revision` sont ceux de `first_decision` : si autre chose a été "
            "décidé depuis, rien ne change et la réponse est 409. Qui a masqué le "
            "commentaire ne répond pas (403, `own_decision`). L’auteur lit `reasoning`."
        ),
        request=AppealAnswerSerializer,
        responses={201: AppealSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        appeal = get_object_or_404(known_appeals(), pk=pk)
        data = AppealAnswerSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        answer_appeal(appeal, by=account_of(request), **data.validated_data)
        answered = known_appeals().get(pk=pk)
        return Response(AppealSerializer(answered).data, status=201)
