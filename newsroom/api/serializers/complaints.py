from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from moderation.appeal_models import REASONING_MAX_LENGTH
from moderation.batch_text import name_of
from moderation.complaints.services import Reply
from moderation.models import Complaint
from moderation.reasons import ReasonCode
from newsroom.api.fields import Choice, Key, Text
from newsroom.api.serializers.moderation import DecisionSerializer

ANSWERS = [
    (outcome.value, outcome.label)
    for outcome in (Complaint.Outcome.KEPT, Complaint.Outcome.HIDDEN)
]


class ComplaintSerializer(serializers.ModelSerializer):
    """A reporter's complaint as moderators see it; never who he is."""

    comment = serializers.IntegerField(source="report.comment_id")
    kind = serializers.CharField(source="report.kind")
    explanation = serializers.CharField(source="report.explanation")
    contested = DecisionSerializer()
    moderator = serializers.SerializerMethodField()

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = (
            "id",
            "comment",
            "kind",
            "explanation",
            "contested",
            "argument",
            "created_at",
            "state",
            "outcome",
            "decision",
            "moderator",
            "reasoning",
            "answered_at",
        )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_moderator(self, complaint: Complaint) -> str | None:
        """Who answered; null if nobody did, or another decision left nothing to say."""
        return name_of(complaint.moderator) if complaint.moderator else None


class ComplaintAnswerSerializer(serializers.Serializer):
    """`after` and `revision`: the last decision and the text that the moderator saw."""

    outcome = Choice(choices=ANSWERS)
    reasoning = Text(allow_blank=True, max_length=REASONING_MAX_LENGTH)
    reason = Choice(choices=ReasonCode.choices, allow_blank=True, default="")
    note = Text(allow_blank=True, default="", max_length=2000)
    after = Key(allow_null=True)
    revision = Key()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        said = ("outcome", "reasoning", "reason", "note")
        reply = Reply(**{name: attrs.pop(name) for name in said})
        return {**attrs, "reply": reply}
