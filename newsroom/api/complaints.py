"""Complaints: reporters who contest what they were answered, and the answers."""

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

from moderation.complaints.cards import known_complaints
from moderation.complaints.services import answer_complaint
from moderation.models import Complaint
from newsroom.api.filters import ComplaintFilter
from newsroom.api.pagination import OldestAppeals
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.complaints import (
    ComplaintAnswerSerializer,
    ComplaintSerializer,
)


def seen_complaints() -> QuerySet[Complaint]:
    return known_complaints().select_related("contested__undone_by")


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Les contestations de lecteurs, la plus ancienne d’abord")),
    "get",
)
class Complaints(generics.ListAPIView):
    serializer_class = ComplaintSerializer
    permission_classes = (MaySeeQueue,)
    pagination_class = OldestAppeals
    filterset_class = ComplaintFilter

    def get_queryset(self) -> QuerySet[Complaint]:
        return seen_complaints()


@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Une contestation de lecteur et la réponse")), "get"
)
class ComplaintDetail(generics.RetrieveAPIView):
    serializer_class = ComplaintSerializer
    permission_classes = (MaySeeQueue,)

    def get_queryset(self) -> QuerySet[Complaint]:
        return seen_complaints()


@extend_validation_errors(["invalid_decision"], "outcome")
@extend_validation_errors(["invalid_decision"], "reasoning")
@extend_validation_errors(["invalid_decision"], "reason")
@extend_validation_errors(["invalid_decision"], "note")
@extend_validation_errors(["invalid_decision"], "non_field_errors")
class AnswerComplaint(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Laisser en ligne un commentaire contesté, ou le masquer"),
        description=_(
            "`outcome` vaut `kept` ou `hidden` ; masquer demande un motif (`reason`), et "
            "fait une décision ordinaire. Le lecteur lit `reasoning`. Si autre chose a "
            "été décidé depuis, rien ne change et la réponse est 409 ; qui avait laissé "
            "le commentaire en ligne ne répond pas (403, `own_decision`)."
        ),
        request=ComplaintAnswerSerializer,
        responses={201: ComplaintSerializer, 409: ConflictSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        complaint = get_object_or_404(seen_complaints(), pk=pk)
        data = ComplaintAnswerSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        answer_complaint(complaint, by=account_of(request), **data.validated_data)
        answered = seen_complaints().get(pk=pk)
        return Response(ComplaintSerializer(answered).data, status=201)
