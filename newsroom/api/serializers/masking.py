"""What of a comment's text readers do not see: for its author, for moderators."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comments.masking import Mask, MaskKind
from moderation.batch_text import name_of
from moderation.masking.models import NOTE_MAX_LENGTH, Masking
from newsroom.api.fields import Choice, Count, Key, Text, YesNo


class SpanSerializer(serializers.Serializer):
    """A half-open span of the text, in code points, and what kind of detail it is."""

    start = Count()
    end = Key()
    kind = Choice(choices=MaskKind.choices)


class OwnMaskingSerializer(serializers.ModelSerializer):
    """A masking and its statement of reasons, as the comment's author reads them.

    Texts are in the language of the answer.
    """

    reference = serializers.CharField(source="puid")
    spans = SpanSerializer(source="masks", many=True)
    words = serializers.ListField(child=serializers.CharField())
    message = serializers.CharField()
    clause = serializers.CharField(source="clause_title")
    facts = serializers.CharField()
    redress = serializers.CharField()
    measure = serializers.CharField(source="MEASURE")

    class Meta:
        model = Masking
        fields: tuple[str, ...] = (
            "reference",
            "spans",
            "words",
            "reason",
            "message",
            "clause",
            "ground",
            "facts",
            "measure",
            "source",
            "automated_detection",
            "redress",
            "created_at",
            "lifted_at",
        )


class MaskingSerializer(OwnMaskingSerializer):
    """A masking as moderators see it."""

    moderator = serializers.SerializerMethodField()
    lifted_by = serializers.SerializerMethodField()

    class Meta(OwnMaskingSerializer.Meta):
        fields = (
            "id",
            "comment",
            "revision",
            *OwnMaskingSerializer.Meta.fields,
            "note",
            "moderator",
            "lifted_by",
        )

    def get_moderator(self, masking: Masking) -> str:
        return name_of(masking.moderator)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_lifted_by(self, masking: Masking) -> str | None:
        return name_of(masking.lifted_by) if masking.lifted_by else None


class NewMaskingSerializer(serializers.Serializer):
    """`after` and `revision`: the last decision and the text that the moderator saw."""

    spans = SpanSerializer(many=True)
    publish = YesNo(default=False)
    note = Text(allow_blank=True, default="", max_length=NOTE_MAX_LENGTH)
    after = Key(allow_null=True)
    revision = Key()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        masks = [Mask(**span) for span in attrs.pop("spans")]
        return {**attrs, "masks": masks}
