"""Masking details in a comment's text, and lifting it."""

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

from moderation.masking.history import known_maskings
from moderation.masking.services import mask, unmask
from moderation.models import Masking
from newsroom.api.filters import MaskingFilter
from newsroom.api.moderation import moderated_comments
from newsroom.api.pagination import NewestMaskings
from newsroom.api.permissions import MayDecide, MaySeeDecisions, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.masking import MaskingSerializer, NewMaskingSerializer


def _told(masking: Masking, status: int) -> Response:
    found = known_maskings().get(pk=masking.pk)
    return Response(MaskingSerializer(found).data, status=status)


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Ce qui a été masqué dans les textes, le dernier d’abord")),
    "get",
)
class MaskingList(generics.ListAPIView):
    serializer_class = MaskingSerializer
    permission_classes = (MaySeeDecisions,)
    pagination_class = NewestMaskings
    filterset_class = MaskingFilter

    def get_queryset(self) -> QuerySet[Masking]:
        return known_maskings()


@extend_validation_errors(["invalid_decision"], "spans")
@extend_validation_errors(["invalid_decision"], "note")
@extend_validation_errors(["invalid_decision"], "non_field_errors")
class Maskings(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Masquer des coordonnées dans un commentaire"),
        description=_(
            "Le texte n’est pas changé : à la place de chaque passage, les lecteurs "
            "lisent que la rédaction l’a masqué. `publish` publie en même temps. "
            "`after` et `revision` disent ce que le modérateur avait sous les yeux : si "
            "autre chose a été décidé ou masqué depuis, rien ne change et la réponse "
            "est 409. L’auteur est prévenu."
        ),
        request=NewMaskingSerializer,
        responses={201: MaskingSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        comment = get_object_or_404(moderated_comments(), pk=pk)
        data = NewMaskingSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return _told(mask(comment, by=account_of(request), **data.validated_data), 201)


@extend_validation_errors(["invalid_decision"], "non_field_errors")
class LiftMasking(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Démasquer ce qui avait été masqué"),
        request=None,
        responses={200: MaskingSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        masking = get_object_or_404(Masking, pk=pk)
        return _told(unmask(masking, by=account_of(request)), 200)
