"""Second looks: what is judged blind, what was said of it, how far people agree."""

from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from comments.models import Comment
from moderation.models import Action, SecondLook
from moderation.reasons import ReasonCode
from moderation.second_looks.agreement import Agreement
from moderation.second_looks.forms import NOTE_MAX_LENGTH
from moderation.second_looks.kappa import Crossed
from newsroom.api.fields import Choice, Text
from newsroom.api.serializers.moderation import (
    DecisionSerializer,
    FlagSerializer,
    ModeratedArticleSerializer,
)

PERIODS = {"30d": "30j", "90d": "90j", "365d": "365j"}
"""{period in the API: in the desk's addresses}."""
JUDGEMENTS = [(action.value, action.label) for action in (Action.PUBLISH, Action.HIDE)]


class ShownParentSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source="author.name")
    text = serializers.CharField(source="revision.text")

    class Meta:
        model = Comment
        fields: tuple[str, ...] = ("author", "text")


class BlindLookSerializer(serializers.Serializer):
    """A text as it was when it was first judged; nothing of what was decided."""

    id = serializers.IntegerField(source="look.pk")
    article = ModeratedArticleSerializer(source="look.comment.article")
    author = serializers.CharField(source="look.comment.author.name")
    created_at = serializers.DateTimeField(
        source="look.comment.created_at", allow_null=True
    )
    parent = ShownParentSerializer(allow_null=True)
    text = serializers.CharField(source="look.revision.text")
    flags = FlagSerializer(many=True)


class JudgementSerializer(serializers.Serializer):
    action = Choice(choices=JUDGEMENTS)
    reason = Choice(choices=ReasonCode.choices, allow_blank=True, default="")
    note = Text(allow_blank=True, default="", max_length=NOTE_MAX_LENGTH)


class JudgedLookSerializer(serializers.ModelSerializer):
    """Both judgements; `first_decision` is null for what no rule had flagged."""

    first_decision = DecisionSerializer(source="decision", allow_null=True)
    agrees = serializers.BooleanField()

    class Meta:
        model = SecondLook
        fields: tuple[str, ...] = (
            "id",
            "comment",
            "revision",
            "action",
            "reason",
            "note",
            "first_decision",
            "agrees",
            "closed_at",
        )


class LookPeriodSerializer(serializers.Serializer):
    period = Choice(choices=tuple(PERIODS), default="90d")


class Bound(serializers.FloatField):
    """One end of an interval, the lower (0) or the upper one (1)."""

    def __init__(self, place: int, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)
        self.place = place

    def to_representation(self, value: Any) -> Any:
        return value[self.place]


class MeasuredSerializer(serializers.Serializer):
    """`share` is the share agreed on, `kappa` Cohen's, each with its 95 % interval.

    Null where there is nothing to measure, or where `looks` are too few for it.
    """

    looks = serializers.IntegerField(source="count")
    share = serializers.FloatField(allow_null=True)
    low = Bound(0, source="interval")
    high = Bound(1, source="interval")
    kappa = serializers.FloatField(allow_null=True)
    kappa_low = Bound(0, source="kappa_interval")
    kappa_high = Bound(1, source="kappa_interval")

    NEEDS_ENOUGH: tuple[str, ...] = ("kappa", "kappa_low", "kappa_high")

    def to_representation(self, instance: Crossed) -> dict[str, Any]:
        told = super().to_representation(instance)
        if instance.enough:
            return told
        return told | dict.fromkeys(self.NEEDS_ENOUGH)


class CrossedSerializer(MeasuredSerializer):
    """Texts hidden `first`, those to be hidden at `second`, and `both`."""

    first = serializers.IntegerField()
    second = serializers.IntegerField()
    both = serializers.IntegerField()


class ReasonAgreementSerializer(serializers.Serializer):
    reason = serializers.CharField()
    agreement = CrossedSerializer()


class PersonSerializer(MeasuredSerializer):
    """Too few looks tell nothing at all of a person."""

    NEEDS_ENOUGH = ("share", "low", "high", *MeasuredSerializer.NEEDS_ENOUGH)


class ColleagueSerializer(serializers.Serializer):
    name = serializers.CharField()
    agreement = PersonSerializer(source="crossed")


class UpheldSerializer(serializers.Serializer):
    """`share` is what the second moderators would hide, `low` and `high` its interval."""

    rule = serializers.CharField()
    version = serializers.IntegerField()
    looks = serializers.IntegerField(source="looked")
    first_hidden = serializers.IntegerField(source="first_hid")
    second_hidden = serializers.IntegerField(source="second_hid")
    share = serializers.FloatField()
    low = Bound(0, source="interval")
    high = Bound(1, source="interval")


class UpheldTermSerializer(UpheldSerializer):
    term = serializers.CharField()


class AuditSerializer(serializers.Serializer):
    """Published comments that no rule flagged, and what share of all that is to be
    hidden the rules flag (`recall`)."""

    days = serializers.IntegerField()
    unflagged = serializers.IntegerField()
    drawn = serializers.IntegerField()
    judged = serializers.IntegerField()
    to_hide = serializers.IntegerField(source="would_hide")
    share = serializers.FloatField(allow_null=True)
    low = Bound(0, source="interval")
    high = Bound(1, source="interval")
    flagged_hidden = serializers.IntegerField()
    missed_hidden = serializers.IntegerField()
    recall = serializers.FloatField(allow_null=True)
    recall_low = Bound(0, source="recall_interval")
    recall_high = Bound(1, source="recall_interval")


class AgreementSerializer(serializers.Serializer):
    """Of the looks drawn from `start` on and before `end`."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    overall = CrossedSerializer()
    reasons = ReasonAgreementSerializer(many=True)
    moderators = ColleagueSerializer(many=True)
    rules = UpheldSerializer(many=True)
    terms = UpheldTermSerializer(many=True)
    audit = AuditSerializer()


def agreement_of(found: Agreement) -> dict[str, Any]:
    """What AgreementSerializer writes."""
    return {
        "start": localtime(found.period.start),
        "end": localtime(found.period.end),
        "overall": found.overall,
        "reasons": [
            {"reason": reason, "agreement": crossed}
            for reason, crossed in found.by_reason
        ],
        "moderators": found.colleagues,
        "rules": found.rules,
        "terms": found.terms,
        "audit": found.audit,
    }
