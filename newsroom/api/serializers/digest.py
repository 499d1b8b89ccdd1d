"""When an account is mailed its digest."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from moderation.alerts.digest import Frequency, next_due
from moderation.alerts.forms import DigestForm
from moderation.alerts.models import DigestPreference
from newsroom.api.fields import Choice, Count


class DigestSerializer(serializers.ModelSerializer):
    """`hour` is the newspaper's; `weekday` counts from Monday, 0, for a weekly one.

    `next_due` is null without a digest.
    """

    next_due = serializers.SerializerMethodField()

    class Meta:
        model = DigestPreference
        fields: tuple[str, ...] = ("frequency", "hour", "weekday", "next_due")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_due(self, chosen: DigestPreference) -> str | None:
        if chosen.frequency == Frequency.NEVER:
            return None
        due = next_due(chosen, timezone.now())
        shown: str = serializers.DateTimeField().to_representation(due)
        return shown


class NewDigestSerializer(serializers.Serializer):
    """Expects "account" in its context."""

    frequency = Choice(choices=Frequency.choices)
    hour = Count(default=7)
    weekday = Count(default=0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = DigestForm(attrs, account=self.context["account"])
        if not form.is_valid():
            raise ValidationError(
                {
                    name: [ErrorDetail(f"{told}", "invalid") for told in errors]
                    for name, errors in form.errors.items()
                }
            )
        return form.cleaned_data
