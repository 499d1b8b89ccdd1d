"""Sanctions: one's own, and those that moderators impose and lift."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.author_page import all_sanctions, known_authors
from moderation.models import Sanction
from moderation.sanctions import impose_sanction, lift_sanction
from newsroom.api.filters import SanctionFilter
from newsroom.api.pagination import NewestSanctions, SoonestSanctions
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.sanctions import (
    LiftingSerializer,
    ListedSanctionSerializer,
    NewSanctionSerializer,
    OwnSanctionSerializer,
    SanctionSerializer,
)
from newsroom.article_page import author_of


def told(sanction: Sanction, status: int = 200) -> Response:
    found = all_sanctions().get(pk=sanction.pk)
    return Response(SanctionSerializer(found).data, status=status)


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Mes avertissements et sanctions, les derniers d’abord")),
    "get",
)
class OwnSanctions(generics.ListAPIView):
    serializer_class = OwnSanctionSerializer
    permission_classes = (IsAuthenticated,)
    pagination_class = NewestSanctions
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Sanction]:
        author = author_of(self.request.user)
        found = all_sanctions()
        return found.filter(author=author) if author else found.none()


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(
        summary=_("Les sanctions en cours, celle qui finit le plus tôt d’abord")
    ),
    "get",
)
class StandingSanctions(generics.ListAPIView):
    serializer_class = ListedSanctionSerializer
    permission_classes = (MaySeeQueue,)
    pagination_class = SoonestSanctions
    filterset_class = SanctionFilter

    def get_queryset(self) -> QuerySet[Sanction]:
        return Sanction.objects.standing()


@extend_validation_errors(["invalid"], "cursor", methods=["get"])
@extend_validation_errors(["invalid"], "page_size", methods=["get"])
@extend_validation_errors(["invalid_decision"], "reason", methods=["post"])
@extend_validation_errors(["invalid_decision"], "message", methods=["post"])
@extend_validation_errors(["invalid_decision"], "until", methods=["post"])
@extend_validation_errors(["invalid_decision"], "comments", methods=["post"])
@extend_validation_errors(["invalid_decision"], "grave", methods=["post"])
@extend_validation_errors(["invalid_decision"], "grave_reason", methods=["post"])
@extend_validation_errors(["invalid_decision"], "non_field_errors", methods=["post"])
@method_decorator(never_cache, "dispatch")
class AuthorSanctions(generics.GenericAPIView):
    """One commenter's sanctions."""

    serializer_class = SanctionSerializer
    pagination_class = NewestSanctions
    filter_backends = ()

    def get_permissions(self) -> list[BasePermission]:
        return [MayDecide() if self.request.method == "POST" else MaySeeQueue()]

    def get_queryset(self) -> QuerySet[Sanction]:
        return all_sanctions()

    @extend_schema(
        summary=_("Les sanctions d’un auteur, la dernière d’abord"),
        responses=SanctionSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        author = get_object_or_404(known_authors(), pk=pk)
        page = self.paginate_queryset(self.get_queryset().filter(author=author))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary=_("Avertir, faire relire, suspendre ou bannir un auteur"),
        description=_(
            "`after` dit quelle était sa dernière sanction : si une autre est venue "
            "depuis, rien ne change et la réponse est 409. Suspendre ou bannir demande "
            "un avertissement qui compte encore, ou `grave` et `grave_reason`. L’auteur "
            "est prévenu, et lit `message`, ou la clause que cite le motif."
        ),
        request=NewSanctionSerializer,
        responses={201: SanctionSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        author = get_object_or_404(known_authors(), pk=pk)
        data = NewSanctionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        by = account_of(request)
        return told(impose_sanction(author, by=by, **data.validated_data), status=201)


@extend_validation_errors(["invalid_decision"], "reason")
class LiftSanction(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Lever une sanction"),
        description=_("`reason` reste entre modérateurs ; l’auteur est prévenu."),
        request=LiftingSerializer,
        responses={200: SanctionSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        sanction = get_object_or_404(Sanction, pk=pk)
        data = LiftingSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        by = account_of(request)
        return told(lift_sanction(sanction, by=by, **data.validated_data))
