from rest_framework import serializers

from moderation.charter.notices import UnreadChange
from moderation.models import CharterVersion
from newsroom.addresses import absolute


class CharterChangeSerializer(serializers.Serializer):
    """A version that the account was not told of yet; `url` says what it changed."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField()

    def get_url(self, change: UnreadChange) -> str:
        return absolute(change.address)


class CharterNewsSerializer(serializers.Serializer):
    unread = CharterChangeSerializer(allow_null=True)


class CharterReadSerializer(serializers.Serializer):
    """`number` is the latest version that was read, or put aside."""

    number = serializers.PrimaryKeyRelatedField(
        queryset=CharterVersion.objects.only("number")
    )
