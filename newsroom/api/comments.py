"""Threads as readers see them, posting, and one's own comments."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework import generics
from rest_framework.exceptions import ErrorDetail, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from articles.models import Article
from comments.models import Comment, Commenter
from moderation.masking.history import with_maskings
from moderation.models import Action, Decision
from moderation.services import submit_comment
from moderation.statements import with_statement
from newsroom.api.pagination import NewestComments, ThreadOrder
from newsroom.api.permissions import MayComment
from newsroom.api.serializers.comments import (
    CommentSerializer,
    NewCommentSerializer,
    OwnCommentSerializer,
)
from newsroom.article_page import author_of


def shown_comments() -> QuerySet[Comment]:
    """What everyone may read: published comments of published articles."""
    return _described(
        Comment.objects.published().filter(article__status=Article.Status.PUBLISHED)
    )


def own_comments(user: User | AnonymousUser) -> QuerySet[Comment]:
    """What ``user`` wrote, in any state, with the reason of the last hiding.

    Each comes with its statement as `standing`: [statement], empty if it is not hidden;
    and with what is masked in its text as `masked`.
    """
    author = author_of(user)
    if author is None:
        return Comment.objects.none()
    hiding = Decision.objects.filter(comment=OuterRef("pk"), action=Action.HIDE)
    reasons = hiding.exclude(reason="").order_by("-pk").values("reason")
    return (
        _described(author.comments.all())
        .annotate(reason=Subquery(reasons[:1]))
        .prefetch_related(with_statement(), with_maskings())
    )


def _described(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related("article", "author", "revision").annotate(
        parent_status=F("parent__status")
    )


@extend_validation_errors(["invalid"], "cursor", methods=["get"])
@extend_validation_errors(["invalid"], "page_size", methods=["get"])
@extend_validation_errors(["invalid_text"], "text", methods=["post"])
@extend_validation_errors(["does_not_exist"], "parent", methods=["post"])
class Thread(generics.GenericAPIView):
    """An article's comments, in the order of its page."""

    pagination_class = ThreadOrder
    serializer_class = CommentSerializer
    filter_backends = ()
    throttle_scope = "comment"

    def get_permissions(self) -> list[BasePermission]:
        return [MayComment() if self.request.method == "POST" else AllowAny()]

    def get_queryset(self) -> QuerySet[Comment]:
        return shown_comments()

    @extend_schema(
        summary=gettext_lazy("Les commentaires d’un article, dans l’ordre de la page"),
        responses=CommentSerializer(many=True),
    )
    def get(self, request: Request, slug: str) -> Response:
        page = self.paginate_queryset(
            self.get_queryset().filter(article=_article(slug))
        )
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary=gettext_lazy("Commenter un article"),
        description=gettext_lazy(
            "Le commentaire paraît ou attend un modérateur : voir `status`. "
            "Répété avec la même `submission_key`, l’appel rend le même commentaire."
        ),
        request=NewCommentSerializer,
        responses={201: OwnCommentSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        article = _article(slug)
        data = NewCommentSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        comment = submit_comment(
            article=article,
            author=_signature(request),
            text=data.validated_data["text"],
            parent=_parent(article, data.validated_data["parent"]),
            submission_key=data.validated_data["submission_key"],
        )
        written = OwnCommentSerializer(
            own_comments(request.user).get(pk=comment.pk),
            context=self.get_serializer_context(),
        )
        location = reverse("api:comment", args=[comment.pk], request=request)
        return Response(written.data, status=201, headers={"Location": location})


@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(
        summary=gettext_lazy("Un commentaire paru, ou le sien dans tous ses états")
    ),
    "get",
)
class CommentDetail(generics.RetrieveAPIView):
    serializer_class = CommentSerializer
    permission_classes = (AllowAny,)

    def get_queryset(self) -> QuerySet[Comment]:
        return shown_comments()

    def get_object(self) -> Comment:
        try:
            found: Comment = super().get_object()
        except Http404:
            mine = own_comments(self.request.user)
            return get_object_or_404(mine, **self.kwargs)
        return found


@extend_validation_errors(["invalid"], "cursor")
@extend_validation_errors(["invalid"], "page_size")
@method_decorator(never_cache, "dispatch")
@method_decorator(
    extend_schema(summary=gettext_lazy("Mes commentaires, dans tous leurs états")),
    "get",
)
class OwnComments(generics.ListAPIView):
    serializer_class = OwnCommentSerializer
    permission_classes = (IsAuthenticated,)
    pagination_class = NewestComments
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Comment]:
        return own_comments(self.request.user)


def _article(slug: str) -> Article:
    return get_object_or_404(
        Article.objects.published().select_related("section"), slug=slug
    )


def _signature(request: Request) -> Commenter:
    signature = author_of(request.user)
    if signature is None:
        raise PermissionDenied(
            _("Choisissez d’abord votre signature, sur le site."), "signature_required"
        )
    return signature


def _parent(article: Article, key: int | None) -> Comment | None:
    """The comment to answer; one that readers cannot see is as good as none."""
    if key is None:
        return None
    parent = article.comments.published().filter(pk=key).first()
    if parent is None:
        message = _("Ce commentaire n’existe pas sous cet article.")
        raise ValidationError({"parent": [ErrorDetail(message, "does_not_exist")]})
    return parent
