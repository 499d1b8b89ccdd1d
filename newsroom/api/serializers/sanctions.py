from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from moderation.batch_text import name_of
from moderation.models import Sanction
from moderation.reasons import MESSAGE_MAX_LENGTH, ReasonCode
from moderation.sanction_models import NOTE_MAX_LENGTH
from moderation.sanction_text import measure_text
from moderation.sanctions import Order
from newsroom.api.fields import Choice, Date, Key, Text, YesNo


class OwnSanctionSerializer(serializers.ModelSerializer):
    """A sanction as its author reads it. Expects the annotation `held`.

    Texts are in the language of the answer; `told` says what changes, and until when.
    """

    reference = serializers.CharField(source="puid")
    stands = serializers.BooleanField()
    told = serializers.SerializerMethodField()
    message = serializers.CharField()
    clause = serializers.CharField(source="clause_title")
    law = serializers.CharField()
    facts = serializers.CharField()
    redress = serializers.CharField()
    measure = serializers.CharField(allow_blank=True)

    class Meta:
        model = Sanction
        fields: tuple[str, ...] = (
            "reference",
            "kind",
            "stands",
            "told",
            "begins_at",
            "ends_at",
            "comments_to_review",
            "lifted_at",
            "reason",
            "message",
            "clause",
            "ground",
            "law",
            "facts",
            "measure",
            "source",
            "redress",
        )

    def get_told(self, sanction: Sanction) -> str:
        return measure_text(sanction)


class SanctionSerializer(OwnSanctionSerializer):
    """A sanction as moderators see it."""

    moderator = serializers.SerializerMethodField()
    lifted_by = serializers.SerializerMethodField()

    class Meta(OwnSanctionSerializer.Meta):
        fields = (
            "id",
            *OwnSanctionSerializer.Meta.fields,
            "grave",
            "grave_reason",
            "note",
            "moderator",
            "lifted_by",
            "lift_reason",
        )

    def get_moderator(self, sanction: Sanction) -> str:
        return name_of(sanction.moderator)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_lifted_by(self, sanction: Sanction) -> str | None:
        return name_of(sanction.lifted_by) if sanction.lifted_by else None


class ListedSanctionSerializer(SanctionSerializer):
    """One of many commenters' sanctions."""

    author = serializers.CharField(source="author.name")

    class Meta(SanctionSerializer.Meta):
        fields = (*SanctionSerializer.Meta.fields, "author", "author_id")


class NewSanctionSerializer(serializers.Serializer):
    """`after` is the author's last sanction that the moderator saw, null if none.

    `until` is the last day of a suspension, `comments` how many a review makes wait.
    """

    kind = Choice(choices=Sanction.Kind.choices)
    reason = Choice(choices=ReasonCode.choices)
    message = Text(allow_blank=True, default="", max_length=MESSAGE_MAX_LENGTH)
    note = Text(allow_blank=True, default="", max_length=NOTE_MAX_LENGTH)
    until = Date(allow_null=True, default=None)
    comments = Key(allow_null=True, default=None)
    grave = YesNo(default=False)
    grave_reason = Text(allow_blank=True, default="", max_length=NOTE_MAX_LENGTH)
    after = Key(allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        after = attrs.pop("after")
        kind = Sanction.Kind(attrs.pop("kind"))
        return {"after": after, "order": Order(kind=kind, **attrs)}


class LiftingSerializer(serializers.Serializer):
    reason = Text(max_length=NOTE_MAX_LENGTH)
