"""Statements of reasons, for the author of a hidden comment and for moderators."""

from datetime import date

from rest_framework import serializers

from moderation.models import StatementOfReasons
from moderation.redress import last_day


class StatementSerializer(serializers.ModelSerializer):
    """Why a comment is hidden. Texts are in the language of the answer."""

    reference = serializers.CharField(source="puid")
    message = serializers.CharField()
    clause = serializers.CharField(source="clause_title")
    law = serializers.CharField()
    facts = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    redress = serializers.CharField()
    contestable_until = serializers.SerializerMethodField()

    class Meta:
        model = StatementOfReasons
        fields: tuple[str, ...] = (
            "reference",
            "reason",
            "message",
            "clause",
            "ground",
            "law",
            "words",
            "facts",
            "measure",
            "scope",
            "ends_on",
            "source",
            "automated_detection",
            "automated_decision",
            "redress",
            "contestable_until",
            "created_at",
        )

    def get_contestable_until(self, statement: StatementOfReasons) -> date:
        """The last day on which its author may contest it."""
        return last_day(statement)
