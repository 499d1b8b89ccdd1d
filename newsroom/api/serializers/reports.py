from django.urls import reverse
from rest_framework import serializers

from moderation.models import Report
from moderation.report_models import (
    EMAIL_MAX_LENGTH,
    EXPLANATION_MAX_LENGTH,
    REPORTER_NAME_MAX_LENGTH,
    ReportKind,
)
from newsroom.addresses import absolute
from newsroom.api.fields import Choice, Text, YesNo


class NewReportSerializer(serializers.Serializer):
    """What a reader objects to, as `report_comment` takes it."""

    kind = Choice(choices=ReportKind.choices)
    explanation = Text(max_length=EXPLANATION_MAX_LENGTH)
    name = Text(allow_blank=True, default="", max_length=REPORTER_NAME_MAX_LENGTH)
    email = Text(allow_blank=True, default="", max_length=EMAIL_MAX_LENGTH)
    good_faith = YesNo()


class SentReportSerializer(serializers.ModelSerializer):
    """Nothing that tells a first report from one sent again."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields: tuple[str, ...] = ("reference", "url")

    def get_url(self, report: Report) -> str:
        return absolute(reverse("report_sent", args=[report.reference]))
