"""Statements of reasons, for the author of a hidden comment and for moderators."""

from rest_framework import serializers

from moderation.models import StatementOfReasons


class StatementSerializer(serializers.ModelSerializer):
    """Why a comment is hidden. Texts are in the language of the answer."""

    reference = serializers.CharField(source="puid")
    message = serializers.CharField()
    clause = serializers.CharField(source="clause_title")
    law = serializers.CharField()
    facts = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    redress = serializers.CharField()

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
            "created_at",
        )
