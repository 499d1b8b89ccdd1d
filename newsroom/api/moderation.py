"""The queue, comments as moderators see them, and their decisions."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from articles.search.analysis import parse_query
from comments.models import Comment
from comments.search import are_rare
from comments.texts import check_text
from moderation.engine import as_json
from moderation.lexicon import current_engine
from moderation.likeness.groups import card_groups
from moderation.masking.history import with_all_maskings
from moderation.models import Decision, QueueEntry
from moderation.queue import moderation_queue
from moderation.report_cards import report_groups
from moderation.services import decide, undo
from moderation.statements import with_statement
from newsroom.api.filters import DecisionFilter
from newsroom.api.pagination import (
    KeysetPagination,
    LikelyHidden,
    LongestWait,
    LongestWaitSought,
    NewestComments,
    NewestCommentsSought,
    NewestDecisions,
)
from newsroom.api.permissions import (
    MayDecide,
    MaySeeDecisions,
    MaySeeQueue,
    account_of,
)
from newsroom.api.responses import ConflictSerializer
from newsroom.api.serializers.moderation import (
    DecisionSerializer,
    ModeratedCommentDetailSerializer,
    ModeratedCommentSerializer,
    NewDecisionSerializer,
)
from newsroom.api.serializers.screened import (
    ScreenedTextSerializer,
    ScreeningSerializer,
)
from newsroom.api.sought import LIKELY_HIDDEN, CommentFilter, QueueFilter

DECIDED = {201: DecisionSerializer, 409: ConflictSerializer}


def moderated_comments() -> QuerySet[Comment]:
    """Comments in every state but deleted: those are their authors' business."""
    return (
        Comment.objects.exclude(status=Comment.Status.DELETED)
        .select_related(
            "article",
            "author",
            "revision",
            "parent__author",
            "parent__revision",
            "queue_entry__owner",
            "revision__text_print",
            "repost__decision__moderator",
        )
        .prefetch_related("revision__flags", Prefetch("decisions", logged_decisions()))
    )


def logged_decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("moderator", "undone_by")


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@extend_validation_errors(["invalid"], "order")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(
        summary=_("La file : ce qui attend, l’attente la plus longue d’abord"),
        description=_(
            "`order=likely_hidden` : dans l’ordre appris des décisions, si un "
            "classement est en service. C’est un ordre de lecture, pas un verdict."
        ),
        responses=ModeratedCommentSerializer(many=True),
    ),
    "get",
)
class Queue(generics.ListAPIView):
    serializer_class = ModeratedCommentSerializer
    permission_classes = (MaySeeQueue,)
    pagination_class: type[KeysetPagination] = LongestWait
    filterset_class = QueueFilter

    def get_queryset(self) -> QuerySet[QueueEntry]:
        # Which ones first, with their texts afterwards: PostgreSQL would join all
        # that waits with its texts
        return QueueEntry.objects.all()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if request.query_params.get("order") == LIKELY_HIDDEN:
            self.pagination_class = LikelyHidden
        elif request.query_params.get("decided_by"):
            self.pagination_class = LongestWaitSought
        return super().list(request, *args, **kwargs)

    def get_serializer(self, rows: Any, **kwargs: Any) -> BaseSerializer:
        queue = moderation_queue().select_related("comment__revision__text_print")
        whole = queue.in_bulk([row.pk for row in rows])
        entries = [whole[row.pk] for row in rows if row.pk in whole]
        context = {
            **self.get_serializer_context(),
            "reports": report_groups(entries),
            "groups": card_groups(entries),
        }
        comments = [e.comment for e in entries]
        return self.serializer_class(comments, context=context, **kwargs)


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(
        summary=_("Tous les commentaires, en attente ou non, le dernier d’abord"),
        description=_(
            "Les filtres sont ceux de la file ; `status` choisit un état, `author_id` "
            "un auteur."
        ),
        responses=ModeratedCommentSerializer(many=True),
    ),
    "get",
)
class Comments(generics.ListAPIView):
    serializer_class = ModeratedCommentSerializer
    permission_classes = (MaySeeQueue,)
    pagination_class: type[KeysetPagination] = NewestComments
    filterset_class = CommentFilter

    def get_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.all()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = parse_query(request.query_params.get("words", ""))
        if query and are_rare(query):
            self.pagination_class = NewestCommentsSought
        return super().list(request, *args, **kwargs)

    def get_serializer(self, rows: Any, **kwargs: Any) -> BaseSerializer:
        whole = moderated_comments().in_bulk([row.pk for row in rows])
        comments = [whole[row.pk] for row in rows if row.pk in whole]
        entries = [getattr(comment, "queue_entry", None) for comment in comments]
        context = {
            **self.get_serializer_context(),
            "reports": report_groups(entries),
            "groups": card_groups(entries),
        }
        return self.serializer_class(comments, context=context, **kwargs)


@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Un commentaire et ce qui a été décidé de lui")), "get"
)
class ModeratedComment(generics.RetrieveAPIView):
    serializer_class = ModeratedCommentDetailSerializer
    permission_classes = (MaySeeQueue,)

    def get_queryset(self) -> QuerySet[Comment]:
        return moderated_comments().prefetch_related(
            with_statement(), with_all_maskings()
        )

    def get_serializer(self, *comments: Comment, **kwargs: Any) -> BaseSerializer:
        entries = [getattr(comment, "queue_entry", None) for comment in comments]
        context = {
            **self.get_serializer_context(),
            "reports": report_groups(entries),
            "groups": card_groups(entries),
        }
        return self.serializer_class(*comments, **{**kwargs, "context": context})


@extend_validation_errors(["invalid_decision"], "reason")
@extend_validation_errors(["invalid_decision"], "note")
@extend_validation_errors(["invalid_decision", "invalid"], "non_field_errors")
class Decide(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Publier, masquer ou remettre en attente"),
        description=_(
            "`after` et `revision` disent ce que le modérateur avait sous les yeux : "
            "si autre chose a été décidé depuis, rien ne change et la réponse 409 "
            "dit quoi. Masquer demande un motif ; `message`, s’il est donné, remplace "
            "ce que ce motif dit à l’auteur, et `note` reste entre modérateurs."
        ),
        request=NewDecisionSerializer,
        responses=DECIDED,
    )
    def post(self, request: Request, pk: int) -> Response:
        comment = get_object_or_404(moderated_comments(), pk=pk)
        data = NewDecisionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        decision = decide(comment, by=account_of(request), **data.validated_data)
        return Response(DecisionSerializer(decision).data, status=201)


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=_("Le registre des décisions, la dernière d’abord")), "get"
)
class DecisionList(generics.ListAPIView):
    serializer_class = DecisionSerializer
    permission_classes = (MaySeeDecisions,)
    pagination_class = NewestDecisions
    filterset_class = DecisionFilter

    def get_queryset(self) -> QuerySet[Decision]:
        return logged_decisions()


@extend_validation_errors(["invalid_decision"], "non_field_errors")
class Undo(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Annuler une décision, si rien n’a été décidé depuis"),
        request=None,
        responses=DECIDED,
    )
    def post(self, request: Request, pk: int) -> Response:
        undone = undo(
            get_object_or_404(logged_decisions(), pk=pk), by=account_of(request)
        )
        return Response(DecisionSerializer(undone).data, status=201)


@extend_validation_errors(["invalid_text"], "text")
class Screen(APIView):
    permission_classes = (MayDecide,)

    @extend_schema(
        summary=_("Ce que les règles diraient d’un texte, sans rien enregistrer"),
        request=ScreenedTextSerializer,
        responses=ScreeningSerializer,
    )
    def post(self, request: Request) -> Response:
        data = ScreenedTextSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        text, lang = data.validated_data["text"], data.validated_data["lang"]
        check_text(text)
        return Response(as_json(current_engine().screen(text, lang=lang), lang))
