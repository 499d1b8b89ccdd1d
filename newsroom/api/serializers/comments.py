from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.dates import printed_time
from comments.models import Comment
from moderation.reasons import ReasonCode
from newsroom.addresses import absolute
from newsroom.api.fields import UUID, Key, Text
from newsroom.api.serializers.masking import OwnMaskingSerializer
from newsroom.api.serializers.statements import StatementSerializer


class CommentSerializer(serializers.ModelSerializer):
    """A comment as readers see it, in text and HTML: without what is masked.

    Expects the annotation `parent_status`.
    """

    article = serializers.CharField(source="article.slug")
    author = serializers.CharField(source="author.name")
    text = serializers.CharField(source="revision.shown_text")
    html = serializers.CharField(source="shown_html")
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]
    printed_time = serializers.SerializerMethodField()
    permalink = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields: tuple[str, ...] = (
            "id",
            "article",
            "author",
            "status",
            "created_at",
            "printed_time",
            "parent",
            "depth",
            "text",
            "html",
            "permalink",
        )

    def get_parent(self, comment: Any) -> int | None:
        """The key of the comment it answers; null if readers cannot see that one."""
        shown: bool = comment.parent_status == Comment.Status.PUBLISHED
        return comment.parent_id if shown else None

    def get_printed_time(self, comment: Comment) -> str:
        if comment.created_at is None:
            return comment.printed_time or gettext("heure inconnue")
        return printed_time(comment.created_at)

    @extend_schema_field(serializers.URLField())
    def get_permalink(self, comment: Comment) -> str:
        return absolute(comment.get_absolute_url())


class ReasonSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=ReasonCode.choices)
    label = serializers.CharField()  # type: ignore[assignment]


class OwnCommentSerializer(CommentSerializer):
    """One's own comment, in whatever state.

    Expects also the annotation `reason`, `standing`: its statement, if it has one, and
    `masked`: what readers do not see of it. `text` is the whole, as it was typed.
    """

    text = serializers.CharField(source="revision.text")
    maskings = OwnMaskingSerializer(source="masked", many=True)
    hidden_because = serializers.SerializerMethodField()
    statement = serializers.SerializerMethodField()

    class Meta(CommentSerializer.Meta):
        fields = (
            *CommentSerializer.Meta.fields,
            "hidden_because",
            "statement",
            "maskings",
        )

    @extend_schema_field(StatementSerializer(allow_null=True))
    def get_statement(self, comment: Any) -> dict[str, Any] | None:
        standing = comment.standing
        return StatementSerializer(standing[0]).data if standing else None

    @extend_schema_field(ReasonSerializer(allow_null=True))
    def get_hidden_because(self, comment: Any) -> dict[str, str] | None:
        if comment.status != Comment.Status.HIDDEN or not comment.reason:
            return None
        return {"code": comment.reason, "label": str(ReasonCode(comment.reason).label)}


class NewCommentSerializer(serializers.Serializer):
    """What a reader writes; `submission_key` makes a repeated call harmless."""

    text = Text(allow_blank=True, help_text=_("Conservé tel quel, signe pour signe."))
    parent = Key(  # type: ignore[assignment]
        required=False, allow_null=True, default=None
    )
    submission_key = UUID(required=False, allow_null=True, default=None)
