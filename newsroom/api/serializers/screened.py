"""What the rules would say of a text that is not stored."""

from rest_framework import serializers

from moderation.models import Action
from newsroom.api.fields import Choice, Text
from newsroom.api.serializers.moderation import FlagSerializer


class ScreenedTextSerializer(serializers.Serializer):
    text = Text(allow_blank=True)
    lang = Choice(choices=("fr", "en", "ar"), default="fr")


class ScreenedFlagSerializer(FlagSerializer):
    """A match that is not stored, hence without key."""

    explanation = serializers.CharField()

    class Meta(FlagSerializer.Meta):
        fields = FlagSerializer.Meta.fields[1:]


class ScreeningSerializer(serializers.Serializer):
    flags = ScreenedFlagSerializer(many=True)
    action = serializers.ChoiceField(choices=Action.choices)
