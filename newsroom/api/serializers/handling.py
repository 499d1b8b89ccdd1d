"""Who reads a comment, and who takes care of it."""

from rest_framework import serializers

from moderation.models import Taking
from moderation.takings import EXPIRES
from newsroom.api.fields import Key
from newsroom.api.serializers.accounts import NamedAccountSerializer


class TakingSerializer(serializers.ModelSerializer):
    """Who has a comment before him, until `ends_at` unless he takes it again."""

    moderator = NamedAccountSerializer()
    ends_at = serializers.SerializerMethodField()

    class Meta:
        model = Taking
        fields: tuple[str, ...] = ("comment", "moderator", "taken_at", "ends_at")

    def get_ends_at(self, taking: Taking) -> str:
        field = serializers.DateTimeField()
        return str(field.to_representation(taking.taken_at + EXPIRES))


class TakingsSerializer(serializers.Serializer):
    results = TakingSerializer(many=True)


class TakenSerializer(serializers.Serializer):
    """`mine` is false where another was faster: `taking` is then his."""

    mine = serializers.BooleanField()
    taking = TakingSerializer(allow_null=True)


class NewOwnerSerializer(serializers.Serializer):
    """`of`: the key of the owner that the moderator saw, null if there was none."""

    of = Key(allow_null=True)


class OwnedSerializer(serializers.Serializer):
    comment = serializers.IntegerField()
    owner = NamedAccountSerializer()
