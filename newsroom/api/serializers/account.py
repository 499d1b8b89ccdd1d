from rest_framework import serializers


class TokenSerializer(serializers.Serializer):
    created_at = serializers.DateTimeField(source="created")


class NewTokenSerializer(TokenSerializer):
    """`token` is shown this once."""

    token = serializers.CharField(source="key")
