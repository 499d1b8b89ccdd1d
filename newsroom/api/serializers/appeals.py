from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from moderation.appeal_models import ARGUMENT_MAX_LENGTH, REASONING_MAX_LENGTH
from moderation.batch_text import name_of
from moderation.models import Appeal
from newsroom.api.fields import Choice, Key, Text
from newsroom.api.serializers.moderation import DecisionSerializer
from newsroom.api.serializers.statements import StatementSerializer

ANSWERS = [
    (outcome.value, outcome.label)
    for outcome in (Appeal.Outcome.UPHELD, Appeal.Outcome.REVERSED)
]


class NewAppealSerializer(serializers.Serializer):
    """`statement` is the reference of what is contested."""

    statement = Text(max_length=40)
    argument = Text(allow_blank=True, default="", max_length=ARGUMENT_MAX_LENGTH)


class OwnAppealSerializer(serializers.ModelSerializer):
    """An appeal as its author sees it; never who answered."""

    statement = serializers.CharField(source="statement.puid")
    comment = serializers.IntegerField(source="statement.comment_id")

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = (
            "statement",
            "comment",
            "argument",
            "created_at",
            "state",
            "outcome",
            "reasoning",
            "answered_at",
        )


class AppealSerializer(serializers.ModelSerializer):
    """An appeal as moderators see it. Answer it with what `first_decision` says."""

    statement = StatementSerializer()
    comment = serializers.IntegerField(source="statement.comment_id")
    author = serializers.CharField(source="statement.comment.author.name")
    first_decision = DecisionSerializer(source="statement.decision")
    moderator = serializers.SerializerMethodField()

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = (
            "id",
            "comment",
            "author",
            "statement",
            "first_decision",
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
    def get_moderator(self, appeal: Appeal) -> str | None:
        """Who answered; null if nobody did, or another decision left nothing to say."""
        return name_of(appeal.moderator) if appeal.moderator else None


class AppealAnswerSerializer(serializers.Serializer):
    """`after` and `revision`: the last decision and the text that the moderator saw."""

    outcome = Choice(choices=ANSWERS)
    reasoning = Text(allow_blank=True, max_length=REASONING_MAX_LENGTH)
    after = Key(allow_null=True)
    revision = Key()
