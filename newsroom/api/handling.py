"""Telling the others which comment one reads, and which one takes care of."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments.models import Comment
from moderation.alerts.owners import leave_charge, take_charge
from moderation.takings import standing_takings, take
from newsroom.api.exceptions import Conflict
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.handling import (
    NewOwnerSerializer,
    OwnedSerializer,
    TakenSerializer,
    TakingsSerializer,
)


def known_comments() -> QuerySet[Comment]:
    """Those that moderators see."""
    return Comment.objects.exclude(status=Comment.Status.DELETED)


@method_decorator(never_cache, "dispatch")
class Takings(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(summary=_("Qui lit quoi en ce moment"), responses=TakingsSerializer)
    def get(self, request: Request) -> Response:
        return Response(TakingsSerializer({"results": standing_takings()}).data)


class Take(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Dire aux autres que l’on lit un commentaire"),
        description=_(
            "Vaut trois minutes, et rend ce que l’on avait pris avant. Rien n’est "
            "retenu : qui n’a pas pris un commentaire peut en décider. Si un autre le "
            "lit déjà, `mine` est faux et `taking` dit qui."
        ),
        request=None,
        responses=TakenSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        mine = take(get_object_or_404(known_comments(), pk=pk), by=account_of(request))
        taking = standing_takings().filter(comment=pk).first()
        return Response(TakenSerializer({"mine": mine, "taking": taking}).data)


class Charge(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Se charger d’un commentaire qui attend"),
        description=_(
            "`of` est la clé de qui s’en chargeait (`owner` du commentaire), ou `null`. "
            "Si c’est un autre entre-temps, ou si le commentaire n’attend plus, rien ne "
            "change et la réponse est 409, sans `decision`."
        ),
        request=NewOwnerSerializer,
        responses={200: OwnedSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        comment = get_object_or_404(known_comments(), pk=pk)
        account = account_of(request)
        data = NewOwnerSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        if not take_charge(comment, by=account, **data.validated_data):
            told = gettext(
                "Trop tard : ce commentaire a changé de main ou n’attend plus."
            )
            raise Conflict(told, None, "changed_hands")
        return Response(OwnedSerializer({"comment": pk, "owner": account}).data)

    @extend_schema(
        summary=_("Ne plus se charger d’un commentaire"),
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, pk: int) -> Response:
        leave_charge(get_object_or_404(known_comments(), pk=pk), by=account_of(request))
        return Response(status=204)
