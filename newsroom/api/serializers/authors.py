from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comments.models import Comment, Commenter
from moderation.author_page import AuthorPage
from moderation.batch_text import name_of
from moderation.models import AuthorNote
from moderation.sanction_models import NOTE_MAX_LENGTH
from newsroom.api.fields import Text


class OtherAuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Commenter
        fields: tuple[str, ...] = ("id", "name")


class HiddenForSerializer(serializers.Serializer):
    """A reason's name, and how many comments are hidden for it."""

    reason = serializers.CharField()
    count = serializers.IntegerField()


class ReportOutcomesSerializer(serializers.Serializer):
    """Of readers' reports on this author's comments."""

    open = serializers.IntegerField()
    upheld = serializers.IntegerField()
    kept = serializers.IntegerField()


class AuthorSerializer(serializers.Serializer):
    """A commenter at a glance.

    `record` counts comments by status; `share_hidden` is of a hundred decided ones, null
    if none is; `reasons` are those of comments hidden today, the latest first; `others`
    sign with the same name, or one that looks like it; `last_sanction` is what a new
    sanction repeats as `after`.
    """

    id = serializers.IntegerField(source="author.pk")
    name = serializers.CharField(source="author.name")
    has_account = serializers.SerializerMethodField()
    record = serializers.SerializerMethodField()
    share_hidden = serializers.IntegerField(allow_null=True)
    reasons = serializers.SerializerMethodField()
    reports = ReportOutcomesSerializer()
    others = OtherAuthorSerializer(many=True)
    last_sanction = serializers.IntegerField(source="after", allow_null=True)

    def get_has_account(self, page: AuthorPage) -> bool:
        return page.author.user_id is not None

    @extend_schema_field(
        serializers.DictField(child=serializers.IntegerField(min_value=0))
    )
    def get_record(self, page: AuthorPage) -> dict[str, int]:
        return {status.value: page.record.get(status, 0) for status in Comment.Status}

    @extend_schema_field(HiddenForSerializer(many=True))
    def get_reasons(self, page: AuthorPage) -> list[dict[str, Any]]:
        return [{"reason": name, "count": count} for name, count in page.reasons]


class NoteSerializer(serializers.ModelSerializer):
    """What a moderator wants colleagues to know."""

    written_by = serializers.SerializerMethodField()

    class Meta:
        model = AuthorNote
        fields: tuple[str, ...] = ("id", "text", "written_by", "written_at")

    def get_written_by(self, note: AuthorNote) -> str:
        return name_of(note.written_by)


class NewNoteSerializer(serializers.Serializer):
    text = Text(max_length=NOTE_MAX_LENGTH)
