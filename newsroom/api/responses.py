"""Error answers as the OpenAPI schema describes them, where ours say more."""

from django.db import models
from drf_standardized_errors.openapi_serializers import ClientErrorEnum
from rest_framework import serializers

from newsroom.api.serializers.moderation import OtherDecisionSerializer


class ForbiddenCode(models.TextChoices):
    """Why an account, or a page's form, may not do this."""

    PERMISSION_DENIED = "permission_denied"
    CSRF_FAILED = "csrf_failed"
    COMMENTS_CLOSED = "comments_closed"
    ENOUGH_HERE = "enough_here"
    POSTING_SUSPENDED = "posting_suspended"
    SIGNATURE_REQUIRED = "signature_required"
    OWN_DECISION = "own_decision"


class ThrottledCode(models.TextChoices):
    THROTTLED = "throttled"
    POSTED_TOO_OFTEN = "posted_too_often"
    REPORTED_TOO_OFTEN = "reported_too_often"


class ConflictCode(models.TextChoices):
    ALREADY_DECIDED = "already_decided"
    NOTHING_TO_CONTEST = "nothing_to_contest"
    CHANGED_HANDS = "changed_hands"


class _ErrorSerializer(serializers.Serializer):
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class ForbiddenErrorSerializer(_ErrorSerializer):
    code = serializers.ChoiceField(choices=ForbiddenCode.choices)


class ForbiddenSerializer(serializers.Serializer):
    type = serializers.ChoiceField(choices=ClientErrorEnum.choices)
    errors = ForbiddenErrorSerializer(many=True)  # type: ignore[assignment]


class ThrottledErrorSerializer(_ErrorSerializer):
    code = serializers.ChoiceField(choices=ThrottledCode.choices)


class ThrottledSerializer(serializers.Serializer):
    type = serializers.ChoiceField(choices=ClientErrorEnum.choices)
    errors = ThrottledErrorSerializer(many=True)  # type: ignore[assignment]


class ConflictErrorSerializer(_ErrorSerializer):
    code = serializers.ChoiceField(choices=ConflictCode.choices)


class ConflictSerializer(serializers.Serializer):
    type = serializers.ChoiceField(choices=ClientErrorEnum.choices)
    errors = ConflictErrorSerializer(many=True)  # type: ignore[assignment]
    decision = OtherDecisionSerializer(allow_null=True)
