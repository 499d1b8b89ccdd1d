from typing import Any

from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.models import Article, Section
from moderation.batch_text import name_of
from moderation.filters import QueueFilters
from moderation.likeness.groups import GROUP_KEY
from moderation.likeness.languages import Language
from moderation.models import (
    Action,
    BatchItem,
    CategoryChoices,
    DecisionBatch,
    SeverityChoices,
)
from moderation.reasons import ReasonCode
from moderation.selections import Chosen, Matching, Seen, Selection, all_matching
from newsroom.api.fields import Choice, Key, Moment, Text, YesNo
from newsroom.api.sought import STATES, decider, is_decider

MOST_CHOSEN = 1_000
"""Comments in one call; more are chosen by what they match."""


class SeenCommentSerializer(serializers.Serializer):
    """A comment, with the last decision and the text that the moderator saw."""

    comment = Key()
    after = Key(allow_null=True)
    revision = Key()


class MatchingSerializer(serializers.Serializer):
    """Everything in the queue that meets these filters, those of the queue itself.

    `at_most` is how many comments the moderator agreed to: if more match, none is
    decided. What arrives later is not taken.
    """

    state = Choice(choices=tuple(STATES), required=False)
    category = Choice(choices=CategoryChoices.choices, required=False)
    severity = Choice(choices=SeverityChoices.choices, required=False)
    rule = Text(required=False, allow_blank=True)
    article = Text(required=False, allow_blank=True)
    section = Text(required=False, allow_blank=True)
    author = Text(required=False, allow_blank=True, max_length=100)
    language = Choice(choices=Language.choices, required=False)
    group = Text(
        required=False,
        validators=[RegexValidator(GROUP_KEY, gettext_lazy("Ce groupe n’existe pas."))],
    )
    since = Moment(required=False, allow_null=True)
    until = Moment(required=False, allow_null=True)
    link = YesNo(required=False)
    reported = YesNo(required=False)
    late = YesNo(required=False)
    decided_by = Text(required=False, allow_blank=True, validators=[is_decider])
    newcomers = Key(required=False, allow_null=True)
    words = Text(required=False, allow_blank=True, max_length=200)
    at_most = Key()

    def validate_article(self, slug: str) -> int | None:
        return _key_of(Article, slug, unknown=_("Article inconnu."))

    def validate_decided_by(self, text: str) -> int | None:
        return decider(text, self.context["account"])

    def validate_section(self, slug: str) -> int | None:
        return _key_of(Section, slug, unknown=_("Rubrique inconnue."))


class NewBatchSerializer(serializers.Serializer):
    """What to decide, on `comments` chosen one by one or on all that are `matching`."""

    action = Choice(choices=Action.choices)
    reason = Choice(choices=ReasonCode.choices, allow_blank=True, default="")
    note = Text(allow_blank=True, default="", max_length=2000)
    comments = SeenCommentSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=MOST_CHOSEN
    )
    matching = MatchingSerializer(required=False)

    def validate_action(self, value: str) -> Action:
        return Action(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("comments" in attrs) == ("matching" in attrs):
            told = _("Donnez `comments` ou `matching`.")
            raise ValidationError(ErrorDetail(told, "invalid"))
        asked = attrs.pop("matching", None)
        chosen = attrs.pop("comments", None)
        attrs["selection"] = _matching(asked) if asked else _chosen(chosen)
        return attrs


def _key_of(model: type[Article | Section], slug: str, *, unknown: str) -> int | None:
    if not slug:
        return None
    found = model._default_manager.filter(slug=slug)
    key: int | None = found.values_list("pk", flat=True).first()
    if key is None:
        raise ValidationError(unknown, "invalid")
    return key


def _chosen(comments: list[dict[str, Any]]) -> Selection:
    return Chosen(tuple(Seen(**comment) for comment in comments))


def _matching(asked: dict[str, Any]) -> Selection:
    at_most = asked.pop("at_most")
    rank = STATES.get(asked.pop("state", ""))
    meant = all_matching(QueueFilters(rank=rank, **asked))
    return Matching(meant.asked, meant.until, at_most)


class ListedBatchSerializer(serializers.ModelSerializer):
    """A batch and how far it has come.

    `left` are still to be decided; `skipped` were left alone as someone had been
    faster, `kept` as someone decided on them since.
    """

    moderator = serializers.SerializerMethodField()
    undone_by = serializers.SerializerMethodField()
    left = serializers.IntegerField(read_only=True)
    unfinished = serializers.BooleanField(read_only=True)

    class Meta:
        model = DecisionBatch
        fields: tuple[str, ...] = (
            "id",
            "state",
            "action",
            "reason",
            "note",
            "moderator",
            "total",
            "done",
            "skipped",
            "left",
            "undone",
            "kept",
            "undone_by",
            "unfinished",
            "created_at",
        )

    def get_moderator(self, batch: DecisionBatch) -> str:
        return name_of(batch.moderator)

    def get_undone_by(self, batch: DecisionBatch) -> str | None:
        account: User | None = batch.undone_by
        return name_of(account) if account else None


class BatchSerializer(ListedBatchSerializer):
    """`outcomes` says why comments were left alone."""

    outcomes = serializers.SerializerMethodField()

    class Meta(ListedBatchSerializer.Meta):
        fields = (*ListedBatchSerializer.Meta.fields, "outcomes")

    @extend_schema_field(
        serializers.DictField(child=serializers.IntegerField(min_value=0))
    )
    def get_outcomes(self, batch: DecisionBatch) -> dict[str, int]:
        """{why a comment was left alone: how many}"""
        counted = batch.left_alone_counts()
        return {
            outcome.value: counted[outcome.value]
            for outcome in BatchItem.LEFT_ALONE
            if outcome.value in counted
        }
