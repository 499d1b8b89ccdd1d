"""Decisions on many comments at once: started, followed, stopped, undone."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.batches import cancel_batch, run_batch, start_batch, undo_batch
from moderation.models import DecisionBatch
from newsroom.api.filters import BatchFilter
from newsroom.api.pagination import NewestBatches
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.batches import (
    BatchSerializer,
    ListedBatchSerializer,
    NewBatchSerializer,
)

AT_ONCE = 2.0
"""Seconds that one call works on a batch; `continue` goes on."""


def known_batches() -> QuerySet[DecisionBatch]:
    return DecisionBatch.objects.select_related("moderator", "undone_by")


def told(batch: DecisionBatch, status: int = 200) -> Response:
    found = known_batches().get(pk=batch.pk)
    return Response(BatchSerializer(found).data, status=status)


@extend_validation_errors(["invalid_decision"], "reason", methods=["post"])
@extend_validation_errors(["invalid_decision"], "note", methods=["post"])
@extend_validation_errors(["invalid_decision"], "comments", methods=["post"])
@extend_validation_errors(["invalid_decision"], "at_most", methods=["post"])
@extend_validation_errors(["invalid"], "non_field_errors", methods=["post"])
@extend_validation_errors(["invalid"], "cursor", methods=["get"])
@extend_validation_errors(["invalid"], "page_size", methods=["get"])
@method_decorator(never_cache, "dispatch")
class Batches(generics.GenericAPIView):
    serializer_class = ListedBatchSerializer
    pagination_class = NewestBatches
    filterset_class = BatchFilter

    def get_permissions(self) -> list[BasePermission]:
        return [MayDecide() if self.request.method == "POST" else MaySeeQueue()]

    def get_queryset(self) -> QuerySet[DecisionBatch]:
        return known_batches()

    @extend_schema(
        summary=_("Les lots de décisions, le dernier d’abord"),
        responses=ListedBatchSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary=_("Décider de nombreux commentaires à la fois"),
        description=_(
            "Chacun reçoit sa propre décision, par lots de quelques centaines. La "
            "réponse vient au bout de deux secondes : tant que `unfinished` est vrai, "
            "appelez `continue`. Ce qui a changé entre-temps est laissé (`outcomes`)."
        ),
        request=NewBatchSerializer,
        responses={201: BatchSerializer},
    )
    def post(self, request: Request) -> Response:
        data = NewBatchSerializer(
            data=request.data, context={"account": account_of(request)}
        )
        data.is_valid(raise_exception=True)
        batch = start_batch(by=account_of(request), **data.validated_data)
        return told(run_batch(batch, seconds=AT_ONCE), status=201)


@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Un lot de décisions, et où il en est")), "get"
)
class BatchDetail(generics.RetrieveAPIView):
    serializer_class = BatchSerializer
    permission_classes = (MaySeeQueue,)

    def get_queryset(self) -> QuerySet[DecisionBatch]:
        return known_batches()


class BatchContinue(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Continuer un lot, ou son annulation, pendant deux secondes"),
        request=None,
        responses=BatchSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        batch = get_object_or_404(known_batches(), pk=pk)
        return told(run_batch(batch, seconds=AT_ONCE))


class BatchCancel(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Arrêter un lot ; ce qu’il a décidé reste décidé"),
        request=None,
        responses=BatchSerializer,
    )
    def post(self, request: Request, pk: int) -> Response:
        return told(cancel_batch(get_object_or_404(known_batches(), pk=pk)))


class BatchUndo(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Annuler un lot, sauf ce qui a été décidé depuis"),
        description=_("Tant que `unfinished` est vrai, appelez `continue`."),
        request=None,
        responses={200: BatchSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        batch = get_object_or_404(known_batches(), pk=pk)
        batch = undo_batch(batch, by=account_of(request))
        return told(run_batch(batch, seconds=AT_ONCE))
