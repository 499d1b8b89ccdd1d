"""Back office of moderation: the lexicon is kept here; all the rest is only read."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.admin import CommentAdmin, ReadOnly, ReadOnlyAdmin, exact_text
from comments.models import Comment
from moderation import change_admin, rule_admin  # noqa: F401 (they register)
from moderation.alerts.admin import DeskMailAdmin, EscalationStepAdmin
from moderation.change_admin import full_name
from moderation.charter import admin as charter_admin  # noqa: F401 (it registers)
from moderation.client_admin import ApiClientAdmin, SuggestedScoreAdmin
from moderation.forms import rule_name
from moderation.lab_text import in_words
from moderation.models import (
    ApiClient,
    Decision,
    DeskMail,
    EscalationStep,
    Flag,
    Ranker,
    SuggestedScore,
    Term,
    WebhookDelivery,
    WebhookEndpoint,
)
from moderation.ranker_admin import RankerAdmin
from moderation.rules.config import shipped_config
from moderation.term_admin import TermAdmin
from moderation.webhooks.admin import WebhookEndpointAdmin
from moderation.webhooks.delivery_admin import WebhookDeliveryAdmin


def desk_link(comment_pk: int) -> SafeString:
    """A link to the comment on the moderators' desk."""
    address = reverse("moderation:comment", args=(comment_pk,))
    return format_html('<a href="{}">{}</a>', address, _("modérer"))


class DecisionInline(ReadOnly, admin.TabularInline):
    model = Decision
    fields = ("created_at", "action", "taken_by", "reason", "note", "revision")
    readonly_fields = ("taken_by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        return super().get_queryset(request).select_related("moderator", "revision")

    @admin.display(description=gettext_lazy("par"))
    def taken_by(self, decision: Decision) -> str:
        return _taken_by(decision)


def _taken_by(decision: Decision) -> str:
    account = decision.moderator
    return full_name(account) if account else _("les règles")


admin.site.register(Term, TermAdmin)
admin.site.register(ApiClient, ApiClientAdmin)
admin.site.register(SuggestedScore, SuggestedScoreAdmin)
admin.site.register(Ranker, RankerAdmin)
admin.site.register(EscalationStep, EscalationStepAdmin)
admin.site.register(DeskMail, DeskMailAdmin)
admin.site.register(WebhookEndpoint, WebhookEndpointAdmin)
admin.site.register(WebhookDelivery, WebhookDeliveryAdmin)
admin.site.unregister(Comment)


@admin.register(Comment)
class ModeratedCommentAdmin(CommentAdmin):
    """The comment with its decisions, its flags' number and the way to the desk."""

    inlines: ClassVar = (*CommentAdmin.inlines, DecisionInline)
    list_display = (*CommentAdmin.list_display, "flag_total", "desk")
    fields: ClassVar = (*CommentAdmin.fields, "flagged_words", "desk")
    readonly_fields = ("flagged_words", "desk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        counted = (
            Flag.objects.filter(revision=OuterRef("revision"))
            .order_by()
            .values("revision")
            .annotate(total=Count("pk"))
            .values("total")
        )
        comments: QuerySet[Comment] = super().get_queryset(request)
        return comments.annotate(flag_total=Coalesce(Subquery(counted), 0))

    @admin.display(description=gettext_lazy("relevés"), ordering="flag_total")
    def flag_total(self, comment: Any) -> int:
        total: int = comment.flag_total
        return total

    @admin.display(description=gettext_lazy("mots relevés"))
    def flagged_words(self, comment: Comment) -> SafeString | str:
        flags = Flag.objects.filter(revision=comment.revision_id)
        shown = [f"{flag.text} ({flag.explained})" for flag in flags]
        return exact_text("\n".join(shown)) if shown else _("aucun")

    @admin.display(description=gettext_lazy("modération"))
    def desk(self, comment: Comment) -> SafeString:
        return desk_link(comment.pk)


class RaisedBy(admin.SimpleListFilter):
    """Flags of one rule, by the name that editors know it by."""

    title = gettext_lazy("règle")
    parameter_name = "regle"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(rule, rule_name(rule)) for rule in shipped_config()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(rule=self.value()) if self.value() else queryset


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    list_display = (
        "text_excerpt",
        "category",
        "severity",
        "term",
        "author",
        "article",
        "created_at",
        "desk",
    )
    list_filter = ("category", "severity", "target", RaisedBy, "created_at")
    list_select_related: ClassVar[tuple[str, ...]] = (
        "revision__comment__author",
        "revision__comment__article",
    )
    search_fields = ("text", "term")
    search_help_text = gettext_lazy("mots relevés ou terme du lexique")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    fields = (
        "revision",
        "shown_text",
        "category",
        "severity",
        "rule_shown",
        "rule_version",
        "term",
        "disguise",
        "target",
        "start",
        "end",
        "reason",
        "created_at",
        "desk",
    )
    readonly_fields = ("shown_text", "rule_shown", "disguise", "reason", "desk")

    @admin.display(description=gettext_lazy("mots relevés"), ordering="text")
    def text_excerpt(self, flag: Flag) -> str:
        return self.excerpt_of(flag.text)

    @admin.display(description=gettext_lazy("mots relevés"))
    def shown_text(self, flag: Flag) -> SafeString:
        return exact_text(flag.text)

    @admin.display(description=gettext_lazy("règle"))
    def rule_shown(self, flag: Flag) -> str:
        return rule_name(flag.rule)

    @admin.display(description=gettext_lazy("déguisement"), empty_value="–")
    def disguise(self, flag: Flag) -> str:
        return in_words(flag.variant)

    @admin.display(description=gettext_lazy("explication"))
    def reason(self, flag: Flag) -> str:
        return flag.explained

    @admin.display(description=gettext_lazy("auteur"))
    def author(self, flag: Flag) -> Model:
        return flag.revision.comment.author

    @admin.display(description=gettext_lazy("article"))
    def article(self, flag: Flag) -> Model:
        return flag.revision.comment.article

    @admin.display(description=gettext_lazy("modération"))
    def desk(self, flag: Flag) -> SafeString:
        return desk_link(flag.revision.comment_id)


class TakenBy(admin.SimpleListFilter):
    """Decisions of the rules, or of a person."""

    title = gettext_lazy("par")
    parameter_name = "par"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("regles", _("les règles")), ("personne", _("une personne"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "regles":
                return queryset.filter(moderator=None)
            case "personne":
                return queryset.filter(moderator__isnull=False)
        return queryset


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "action",
        "author",
        "article",
        "taken_by",
        "reason",
        "state_after",
        "desk",
    )
    list_filter = ("action", TakenBy, "reason", "created_at")
    list_select_related: ClassVar[tuple[str, ...]] = (
        "comment__author",
        "comment__article",
        "moderator",
        "revision",
    )
    search_fields = (
        "comment__author__name",
        "comment__article__title",
        "moderator__username",
        "note",
    )
    search_help_text = gettext_lazy("auteur, article, modérateur ou note")
    date_hierarchy = "created_at"
    fields = (
        "comment",
        "revision",
        "judged_text",
        "action",
        "taken_by",
        "reason",
        "note",
        "undoes",
        "state_before",
        "state_after",
        "waited_since",
        "created_at",
        "desk",
    )
    readonly_fields = (
        "judged_text",
        "taken_by",
        "state_before",
        "state_after",
        "waited_since",
        "desk",
    )

    @admin.display(description=gettext_lazy("texte jugé"))
    def judged_text(self, decision: Decision) -> SafeString:
        return exact_text(decision.revision.text)

    @admin.display(description=gettext_lazy("auteur"))
    def author(self, decision: Decision) -> Model:
        return decision.comment.author

    @admin.display(description=gettext_lazy("article"))
    def article(self, decision: Decision) -> Model:
        return decision.comment.article

    @admin.display(description=gettext_lazy("par"), ordering="moderator__username")
    def taken_by(self, decision: Decision) -> str:
        return _taken_by(decision)

    @admin.display(description=gettext_lazy("état d’avant"), ordering="status_before")
    def state_before(self, decision: Decision) -> str:
        return decision.get_status_before_display()

    @admin.display(description=gettext_lazy("état d’après"), ordering="status_after")
    def state_after(self, decision: Decision) -> str:
        return decision.get_status_after_display()

    @admin.display(description=gettext_lazy("attendait depuis"))
    def waited_since(self, decision: Decision) -> datetime | None:
        return decision.waiting_since

    @admin.display(description=gettext_lazy("modération"))
    def desk(self, decision: Decision) -> SafeString:
        return desk_link(decision.comment_id)
