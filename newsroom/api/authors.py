"""Commenters as moderators see them, and moderators' notes on them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.author_notes import add_note, delete_note, may_delete
from moderation.author_page import author_at_a_glance, known_authors
from moderation.models import AuthorNote
from newsroom.api.pagination import NewestNotes
from newsroom.api.permissions import MayDecide, MaySeeQueue, account_of
from newsroom.api.serializers.authors import (
    AuthorSerializer,
    NewNoteSerializer,
    NoteSerializer,
)


@method_decorator(never_cache, "dispatch")
class AuthorDetail(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(
        summary=_("Un auteur : ses commentaires comptés, ses motifs, ses signalements"),
        responses=AuthorSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        author = get_object_or_404(known_authors(), pk=pk)
        return Response(AuthorSerializer(author_at_a_glance(author)).data)


@extend_validation_errors(["invalid"], "cursor", methods=["get"])
@extend_validation_errors(["invalid"], "page_size", methods=["get"])
@extend_validation_errors(["invalid_decision"], "text", methods=["post"])
@method_decorator(never_cache, "dispatch")
class AuthorNotes(generics.GenericAPIView):
    """What moderators note of one commenter."""

    serializer_class = NoteSerializer
    pagination_class = NewestNotes
    filter_backends = ()

    def get_permissions(self) -> list[BasePermission]:
        return [MayDecide() if self.request.method == "POST" else MaySeeQueue()]

    def get_queryset(self) -> QuerySet[AuthorNote]:
        return AuthorNote.objects.select_related("written_by")

    @extend_schema(
        summary=_("Les notes sur un auteur, la dernière d’abord"),
        responses=NoteSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        author = get_object_or_404(known_authors(), pk=pk)
        page = self.paginate_queryset(self.get_queryset().filter(author=author))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary=_("Noter quelque chose d’un auteur, pour les autres modérateurs"),
        request=NewNoteSerializer,
        responses={201: NoteSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        author = get_object_or_404(known_authors(), pk=pk)
        data = NewNoteSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        note = add_note(author, by=account_of(request), **data.validated_data)
        return Response(NoteSerializer(note).data, status=201)


class NoteDetail(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Supprimer une de ses notes"), request=None, responses={204: None}
    )
    def delete(self, request: Request, pk: int) -> Response:
        note = get_object_or_404(AuthorNote, pk=pk)
        if not may_delete(note, account_of(request)):
            raise PermissionDenied
        delete_note(note)
        return Response(status=204)
