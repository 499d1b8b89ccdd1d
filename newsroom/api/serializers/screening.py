from django.utils.translation import gettext as _
from rest_framework import serializers

from moderation.models import (
    Action,
    CategoryChoices,
    SeverityChoices,
    TargetChoices,
)
from newsroom.api.fields import Choice, Text

MAX_BYTES = 20_480  # of a text to screen, in UTF-8: as the Perspective API takes


class LongTextSerializer(serializers.Serializer):
    """May be longer than a comment here: other systems have limits of their own."""

    text = Text(allow_blank=True)
    lang = Choice(choices=("fr", "en", "ar"), default="fr")

    def validate_text(self, text: str) -> str:
        if len(text.encode()) > MAX_BYTES:
            message = _("Texte de plus de %(limit)d octets.") % {"limit": MAX_BYTES}
            raise serializers.ValidationError(message, "max_length")
        return text


class ExplanationSerializer(serializers.Serializer):
    fr = serializers.CharField()
    en = serializers.CharField()


class DetailedFlagSerializer(serializers.Serializer):
    """`term` is the lexicon's, `variant` its disguise, `target` whom the words hit."""

    rule = serializers.CharField()
    rule_version = serializers.IntegerField()
    category = serializers.ChoiceField(choices=CategoryChoices.choices)
    severity = serializers.ChoiceField(choices=SeverityChoices.choices)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    term = serializers.CharField(allow_blank=True)
    variant = serializers.CharField(allow_blank=True)
    target = serializers.ChoiceField(choices=TargetChoices.choices, allow_blank=True)
    explanation = ExplanationSerializer()


class DetailedScreeningSerializer(serializers.Serializer):
    flags = DetailedFlagSerializer(many=True)
    action = serializers.ChoiceField(choices=Action.choices)
    incomplete = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField())
