"""The dashboard's figures, and the period they are asked for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from moderation.dashboard import Dashboard
from moderation.period_form import PeriodForm
from moderation.rule_precision import Precision
from moderation.tallies import DELAYS
from newsroom.api.fields import Choice

PERIODS = {"24h": "24h", "7d": "7j", "30d": "30j"}
"""{period in the API: in the desk's addresses}."""
FIELDS = {"period": "periode", "first": "du", "last": "au"}


class PeriodSerializer(serializers.Serializer):
    """A period by its name, or two days of the newspaper's, both included."""

    period = Choice(
        choices=tuple(PERIODS), required=False, help_text=_("7d si rien n’est dit")
    )
    first = serializers.DateField(required=False)
    last = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        asked = {
            FIELDS[name]: PERIODS[value] if name == "period" else f"{value}"
            for name, value in attrs.items()
        }
        form = PeriodForm(asked, now=timezone.now())
        if not form.is_valid():
            raise ValidationError(
                {
                    name: [
                        ErrorDetail(f"{told}", "invalid") for told in form.errors[field]
                    ]
                    for name, field in FIELDS.items()
                    if field in form.errors
                }
            )
        return {"period": form.period()}


class Seconds(serializers.IntegerField):
    """A delay, in whole seconds."""

    def to_representation(self, value: Any) -> int:
        lasted: timedelta = value
        return round(lasted.total_seconds())


class TallySerializer(serializers.Serializer):
    """Acts, counted when they are done; see the guide of moderators."""

    received = serializers.IntegerField()
    at_once = serializers.IntegerField()
    held = serializers.IntegerField()
    published = serializers.IntegerField()
    kept = serializers.IntegerField()
    restored = serializers.IntegerField()
    hidden = serializers.IntegerField(source="hid")
    put_back = serializers.IntegerField()
    undone = serializers.IntegerField()
    reported = serializers.IntegerField()


class StepSerializer(TallySerializer):
    """`begins` is a moment of the newspaper's clocks, without an offset."""

    begins = serializers.CharField()


class DelaysSerializer(serializers.Serializer):
    """Half of the decisions were taken within `median`, nine of ten in `ninetieth`."""

    decisions = serializers.IntegerField()
    median = Seconds(allow_null=True)
    ninetieth = Seconds(allow_null=True)


class DelayCountSerializer(serializers.Serializer):
    """Decisions taken within `at_most` and not before the former one; null: later."""

    at_most = Seconds(allow_null=True)
    now = serializers.IntegerField()
    before = serializers.IntegerField()


class ReasonCountSerializer(serializers.Serializer):
    reason = serializers.CharField()
    now = serializers.IntegerField()
    before = serializers.IntegerField()
    undone = serializers.IntegerField()


class PrecisionSerializer(serializers.Serializer):
    """`share` is hidden / decided, `low` and `high` its 95 % interval (Wilson)."""

    rule = serializers.CharField()
    version = serializers.IntegerField()
    flagged = serializers.IntegerField()
    decided = serializers.IntegerField()
    hidden = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()

    def get_low(self, row: Precision) -> float | None:
        return row.interval[0] if row.interval else None

    def get_high(self, row: Precision) -> float | None:
        return row.interval[1] if row.interval else None


class HeatSerializer(serializers.Serializer):
    article = serializers.CharField(source="slug")
    title = serializers.CharField()
    contested = serializers.IntegerField()
    contested_before = serializers.IntegerField()
    received = serializers.IntegerField()
    received_before = serializers.IntegerField()
    waiting = serializers.IntegerField()


class WorkSerializer(serializers.Serializer):
    """`published` counts what was published, kept or restored."""

    name = serializers.CharField()
    published = serializers.IntegerField()
    hidden = serializers.IntegerField(source="hid")
    put_back = serializers.IntegerField()
    undone = serializers.IntegerField()
    share_hidden = serializers.FloatField(allow_null=True)


class WaitingSerializer(serializers.Serializer):
    pending = serializers.IntegerField()
    flagged = serializers.IntegerField()
    reported = serializers.IntegerField()


class FiguresSerializer(serializers.Serializer):
    """From `start` on and before `end`; `before` is the time just before, as long.

    `waiting` is what waits at this moment. `moderators` holds those that the caller may
    read, by name, and `all_moderators` the sum of all.
    """

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    step = Choice(choices=("hour", "day"))
    total = TallySerializer()
    before = TallySerializer()
    steps = StepSerializer(many=True)
    waiting = WaitingSerializer()
    delays = DelaysSerializer()
    delays_before = DelaysSerializer()
    by_delay = DelayCountSerializer(many=True)
    reasons = ReasonCountSerializer(many=True)
    rules = PrecisionSerializer(many=True)
    articles = HeatSerializer(many=True)
    moderators = WorkSerializer(many=True)
    all_moderators = WorkSerializer()


def figures_of(dashboard: Dashboard) -> dict[str, Any]:
    """What FiguresSerializer writes."""
    course, period = dashboard.course, dashboard.period
    now, before = dashboard.delays
    limits = (*DELAYS, None)
    return {
        "start": localtime(period.start),
        "end": localtime(period.end),
        "step": period.step,
        "total": course.total,
        "before": course.before,
        "steps": [
            {
                "begins": f"{begins:%Y-%m-%dT%H:%M}",
                **{name: getattr(tally, name) for name in tally.__slots__},
            }
            for begins, tally in course.steps
        ],
        "waiting": dashboard.waiting,
        "delays": now,
        "delays_before": before,
        "by_delay": [
            {"at_most": limit, "now": count.now, "before": count.before}
            for limit, count in zip(limits, dashboard.by_delay, strict=True)
        ],
        "reasons": dashboard.reasons,
        "rules": dashboard.rules,
        "articles": dashboard.articles,
        "moderators": dashboard.workload.people,
        "all_moderators": dashboard.workload.total,
    }
