"""Second looks: the next text to judge blind, a judgement, and how far people agree."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.models import SecondLook
from moderation.second_looks.agreement import Agreement, named_period
from moderation.second_looks.cards import look_card, shown_looks
from moderation.second_looks.judging import judge, offer_next
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.second_looks import (
    PERIODS,
    AgreementSerializer,
    BlindLookSerializer,
    JudgedLookSerializer,
    JudgementSerializer,
    LookPeriodSerializer,
    agreement_of,
)


class NextLook(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Prendre le prochain texte à juger une seconde fois"),
        description=_(
            "Personne d’autre ne le reçoit pendant dix minutes ; redemandé, c’est le "
            "même. 204 si rien n’attend votre second regard. Rien n’est dit de ce qui "
            "fut décidé."
        ),
        request=None,
        responses={200: BlindLookSerializer, 204: None},
    )
    def post(self, request: Request) -> Response:
        taken = offer_next(account_of(request))
        if taken is None:
            return Response(status=204)
        card = look_card(shown_looks().get(pk=taken.pk))
        return Response(BlindLookSerializer(card).data)


@extend_validation_errors(["invalid_decision"], "action")
@extend_validation_errors(["invalid_decision"], "reason")
@extend_validation_errors(["invalid_decision"], "note")
class Judge(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Juger le texte que l’on a pris"),
        description=_(
            "Le commentaire reste comme il est. Un texte qui n’est pas pris, déjà jugé "
            "ou devenu sans objet n’est pas jugé : la réponse est 409. Qui en a décidé "
            "ne le juge pas (403, `own_decision`)."
        ),
        request=JudgementSerializer,
        responses={201: JudgedLookSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        look = get_object_or_404(SecondLook, pk=pk)
        data = JudgementSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        judge(look, by=account_of(request), **data.validated_data)
        judged = known_looks().get(pk=pk)
        return Response(JudgedLookSerializer(judged).data, status=201)


@method_decorator(never_cache, "dispatch")
@method_decorator(extend_schema(summary=_("Deux jugements d’un même texte")), "get")
class JudgedLook(generics.RetrieveAPIView):
    """One's own judgements; all of them for who may see everyone's work."""

    serializer_class = JudgedLookSerializer
    permission_classes = (MaySeeQueue,)

    def get_queryset(self) -> QuerySet[SecondLook]:
        readable = SecondLook.objects.readable_by(account_of(self.request))
        return known_looks().filter(pk__in=readable)


@extend_validation_errors(["invalid_choice"], "period")
@method_decorator(never_cache, "dispatch")
class AgreementFigures(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(
        summary=_("L’accord des seconds regards avec les décisions et avec les règles"),
        description=_(
            "`period` : 90 jours si rien n’est dit. Les nombres de chaque modérateur ne "
            "sont donnés qu’à qui en a le droit ; les autres lisent les leurs."
        ),
        parameters=[LookPeriodSerializer],
        responses=AgreementSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = LookPeriodSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        name = PERIODS[asked.validated_data["period"]]
        period = named_period(name, now=timezone.now())
        found = Agreement(period, reader=account_of(request))
        return Response(AgreementSerializer(agreement_of(found)).data)


def known_looks() -> QuerySet[SecondLook]:
    return SecondLook.objects.select_related(
        "decision__moderator", "decision__undone_by"
    )
