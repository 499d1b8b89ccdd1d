from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.models import Article
from comments.models import Comment
from moderation.likeness.groups import NO_GROUP, Burst, CardGroups
from moderation.likeness.languages import Language
from moderation.models import (
    Action,
    Decision,
    Flag,
    QueueEntry,
    Report,
    ReportKind,
    Repost,
    TextPrint,
)
from moderation.reasons import MESSAGE_MAX_LENGTH, ReasonCode
from moderation.report_cards import ReportGroup
from newsroom.api.fields import Choice, Key, Text
from newsroom.api.serializers.accounts import NamedAccountSerializer
from newsroom.api.serializers.masking import MaskingSerializer, SpanSerializer
from newsroom.api.serializers.statements import StatementSerializer


class FlagSerializer(serializers.ModelSerializer):
    """Words that a rule objects to; `start` and `end` count code points of the text."""

    explanation = serializers.CharField(source="explained")

    class Meta:
        model = Flag
        fields: tuple[str, ...] = (
            "id",
            "rule",
            "category",
            "severity",
            "start",
            "end",
            "text",
            "explanation",
        )


class OtherDecisionSerializer(serializers.ModelSerializer):
    """Who decided what, and when; `moderator` is null if the rules did."""

    moderator = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ("id", "action", "moderator", "reason", "created_at")

    def get_moderator(self, decision: Decision) -> str | None:
        account = decision.moderator
        if account is None:
            return None
        return account.get_full_name() or account.get_username()


class DecisionSerializer(OtherDecisionSerializer):
    undone = serializers.SerializerMethodField()

    class Meta(OtherDecisionSerializer.Meta):
        fields = (
            "id",
            "comment",
            "revision",
            "action",
            "moderator",
            "reason",
            "note",
            "undoes",
            "undone",
            "batch",
            "status_before",
            "status_after",
            "created_at",
        )

    def get_undone(self, decision: Decision) -> bool:
        return hasattr(decision, "undone_by")


class ParentSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source="author.name")
    text = serializers.CharField(source="revision.text")

    class Meta:
        model = Comment
        fields: tuple[str, ...] = ("id", "author", "status", "text")


class ModeratedArticleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Article
        fields: tuple[str, ...] = ("slug", "title")


class ReportCountSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=ReportKind.choices)
    count = serializers.IntegerField()


class ShownReportSerializer(serializers.ModelSerializer):
    """A reader's report; never by whom."""

    class Meta:
        model = Report
        fields: tuple[str, ...] = ("kind", "explanation", "revision", "created_at")


class ReportsSerializer(serializers.Serializer):
    """The open reports of readers: how many of each kind, and the oldest of them."""

    count = serializers.IntegerField()
    kinds = serializers.SerializerMethodField()
    oldest = serializers.SerializerMethodField()

    @extend_schema_field(ReportCountSerializer(many=True))
    def get_kinds(self, group: ReportGroup) -> list[dict[str, Any]]:
        return [{"kind": kind.value, "count": count} for kind, count in group.kinds]

    @extend_schema_field(ShownReportSerializer(many=True))
    def get_oldest(self, group: ReportGroup) -> Any:
        return ShownReportSerializer([s.report for s in group.shown], many=True).data


class AlikeSerializer(serializers.Serializer):
    """So many comments in the queue say nearly the same: `?group=` lists them."""

    group = serializers.CharField(source="key")
    count = serializers.IntegerField()


class BurstSerializer(AlikeSerializer):
    """So many comments in the queue that one author wrote within so many seconds."""

    seconds = serializers.SerializerMethodField()

    def get_seconds(self, burst: Burst) -> int:
        return int(burst.lasted.total_seconds())


class EarlierDecisionSerializer(OtherDecisionSerializer):
    """The decision that hid the same text, on an earlier `comment`."""

    class Meta(OtherDecisionSerializer.Meta):
        fields = (*OtherDecisionSerializer.Meta.fields, "comment")


class ModeratedCommentSerializer(serializers.ModelSerializer):
    """A comment as moderators see it. Repeat `revision` and `last_decision` to decide.

    Expects "reports" and "groups" in its context: {comment: ReportGroup} and
    {comment: CardGroups}.
    """

    article = ModeratedArticleSerializer()
    author = serializers.CharField(source="author.name")
    parent = ParentSerializer(allow_null=True)
    revision = serializers.IntegerField(source="revision_id")
    text = serializers.CharField(source="revision.text")
    masks = SpanSerializer(source="revision.masked_spans", many=True)
    flags = FlagSerializer(source="revision.flags", many=True)
    language = serializers.SerializerMethodField()
    reports = serializers.SerializerMethodField()
    alike = serializers.SerializerMethodField()
    burst = serializers.SerializerMethodField()
    same_text_hidden = serializers.SerializerMethodField()
    last_decision = serializers.SerializerMethodField()
    waiting_since = serializers.SerializerMethodField()
    owner = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields: tuple[str, ...] = (
            "id",
            "status",
            "article",
            "author",
            "author_id",
            "created_at",
            "parent",
            "revision",
            "text",
            "masks",
            "language",
            "flags",
            "reports",
            "alike",
            "burst",
            "same_text_hidden",
            "last_decision",
            "waiting_since",
            "owner",
        )

    @extend_schema_field(ReportsSerializer(allow_null=True))
    def get_reports(self, comment: Comment) -> dict[str, Any] | None:
        """Null for a comment without open reports."""
        group = self.context["reports"].get(comment.pk)
        return ReportsSerializer(group).data if group else None

    @extend_schema_field(serializers.ChoiceField(choices=Language.choices))
    def get_language(self, comment: Comment) -> str:
        text_print: TextPrint | None = getattr(comment.revision, "text_print", None)
        return text_print.language if text_print else Language.UNKNOWN.value

    @extend_schema_field(AlikeSerializer(allow_null=True))
    def get_alike(self, comment: Comment) -> dict[str, Any] | None:
        """Null for a text that waits alone."""
        alike = self._groups(comment).alike
        return AlikeSerializer(alike).data if alike else None

    @extend_schema_field(BurstSerializer(allow_null=True))
    def get_burst(self, comment: Comment) -> dict[str, Any] | None:
        """Null unless its author wrote several within ten minutes."""
        burst = self._groups(comment).burst
        return BurstSerializer(burst).data if burst else None

    @extend_schema_field(EarlierDecisionSerializer(allow_null=True))
    def get_same_text_hidden(self, comment: Comment) -> dict[str, Any] | None:
        """Null unless it was held for that."""
        repost: Repost | None = getattr(comment, "repost", None)
        return EarlierDecisionSerializer(repost.decision).data if repost else None

    def _groups(self, comment: Comment) -> CardGroups:
        groups: dict[int, CardGroups] = self.context["groups"]
        return groups.get(comment.pk, NO_GROUP)

    def get_last_decision(self, comment: Comment) -> int | None:
        decisions = comment.decisions.all()  # prefetched, newest first
        return decisions[0].pk if decisions else None

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_waiting_since(self, comment: Comment) -> str | None:
        """Null for a comment that is not in the queue."""
        entry: QueueEntry | None = getattr(comment, "queue_entry", None)
        field = serializers.DateTimeField()
        return field.to_representation(entry.waiting_since) if entry else None

    @extend_schema_field(NamedAccountSerializer(allow_null=True))
    def get_owner(self, comment: Comment) -> dict[str, Any] | None:
        """Who takes care of it; null if nobody does or it does not wait."""
        entry: QueueEntry | None = getattr(comment, "queue_entry", None)
        owner = entry.owner if entry else None
        return NamedAccountSerializer(owner).data if owner else None


class ModeratedCommentDetailSerializer(ModeratedCommentSerializer):
    """Expects also `standing`: [what its author reads], empty if it is not hidden, and
    `all_maskings`."""

    maskings = MaskingSerializer(source="all_maskings", many=True)
    decisions = DecisionSerializer(many=True)
    statement = serializers.SerializerMethodField()

    class Meta(ModeratedCommentSerializer.Meta):
        fields = (
            *ModeratedCommentSerializer.Meta.fields,
            "decisions",
            "statement",
            "maskings",
        )

    @extend_schema_field(StatementSerializer(allow_null=True))
    def get_statement(self, comment: Any) -> dict[str, Any] | None:
        standing = comment.standing
        return StatementSerializer(standing[0]).data if standing else None


class NewDecisionSerializer(serializers.Serializer):
    """`after` and `revision`: the last decision and the text that the moderator saw."""

    action = Choice(choices=Action.choices)
    after = Key(allow_null=True)
    revision = Key()
    reason = Choice(choices=ReasonCode.choices, allow_blank=True, default="")
    note = Text(allow_blank=True, default="", max_length=2000)
    message = Text(allow_blank=True, default="", max_length=MESSAGE_MAX_LENGTH)

    def validate_action(self, value: str) -> Action:
        return Action(value)
