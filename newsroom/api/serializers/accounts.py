from django.contrib.auth.models import User
from rest_framework import serializers

from moderation.batch_text import name_of


class NamedAccountSerializer(serializers.ModelSerializer):
    """A moderator, by the name that the desk tells."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields: tuple[str, ...] = ("id", "name")

    def get_name(self, account: User) -> str:
        return name_of(account)
