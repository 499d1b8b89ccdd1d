"""Rules and patterns in the back office. A change serves at the next screening."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.forms import CharField, ModelForm, Textarea
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.changes import keep, switch
from moderation.kept_admin import KeptAdmin, who
from moderation.lexicon import unusable_patterns
from moderation.loading import as_shipped
from moderation.models import EditorPattern, RuleSetting
from moderation.records import Record, pattern_records, rule_records
from moderation.rule_form import rule_form, threshold_fields
from moderation.rule_models import in_this_language, validate_regex
from moderation.rules.config import shipped_config


@admin.register(RuleSetting)
class RuleSettingAdmin(KeptAdmin):
    """Every shipped rule; none is added and none deleted."""

    list_display = (
        "title",
        "enabled",
        "thresholds",
        "origin",
        "flag_total",
        "upheld_share",
        "last_used",
        "updated_at",
    )
    list_display_links = ("title",)
    list_filter = ("enabled", "origin")
    search_fields = ("rule",)
    search_help_text = gettext_lazy("nom technique de la règle")
    ordering = ("rule",)
    actions = ("back_to_shipped",)
    readonly_fields = ("rule", "origin", "updated_at", "thresholds")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RuleSetting]:
        return super().get_queryset(request).filter(rule__in=shipped_config())

    def records_of(self, rows: Iterable[RuleSetting]) -> dict[int, Record]:
        records = rule_records()
        return {row.pk: records.get(row.rule, Record()) for row in rows}

    @admin.display(description=gettext_lazy("règle"), ordering="rule")
    def title(self, setting: RuleSetting) -> str:
        return str(setting)

    @admin.display(description=gettext_lazy("seuils"))
    def thresholds(self, setting: RuleSetting) -> str:
        """« 9, livré 12 » for each threshold, with its meaning on the rule's page."""
        shipped = shipped_config()[setting.rule]
        now = setting.configured(shipped)
        told = []
        for name, threshold in shipped.thresholds.items():
            if now[name] == threshold.value:
                told.append(str(now[name]))
            else:
                told.append(
                    _("%(value)d (livré : %(shipped)d)")
                    % {"value": now[name], "shipped": threshold.value}
                )
        return ", ".join(told) or "–"

    @admin.display(description=gettext_lazy("relevés"))
    def flag_total(self, setting: Any) -> int:
        total: int = setting.record.raised
        return total

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(
        self,
        request: HttpRequest,
        obj: RuleSetting | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        if obj is not None and self.has_change_permission(request, obj):
            kwargs["form"] = rule_form(obj.rule)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(
        self, request: HttpRequest, obj: RuleSetting | None = None
    ) -> Any:
        if obj is None:
            return ((None, {"fields": ("enabled",)}),)
        told = format_html(
            '<span class="rule-help">{}</span>',
            in_this_language(shipped_config()[obj.rule].help),
        )
        tuned = threshold_fields(obj.rule)
        if not self.has_change_permission(request, obj):
            tuned = ["thresholds"]
        return (
            (None, {"fields": ("enabled", *tuned), "description": told}),
            (_("Tenu par le site"), {"fields": ("rule", "origin", "updated_at")}),
        )

    @admin.action(
        description=gettext_lazy("Revenir aux valeurs livrées"),
        permissions=["change"],
    )
    @transaction.atomic
    def back_to_shipped(
        self, request: HttpRequest, chosen: QuerySet[RuleSetting]
    ) -> None:
        by = who(request)
        changed = [rule for rule in chosen if keep(as_shipped(rule), by=by)]
        if changed:
            LogEntry.objects.log_actions(
                by.pk, changed, CHANGE, _("Valeurs livrées remises.")
            )
        self.message_user(
            request,
            ngettext(
                "%(count)d règle remise à ses valeurs livrées.",
                "%(count)d règles remises à leurs valeurs livrées.",
                len(changed),
            )
            % {"count": len(changed)},
            messages.SUCCESS,
        )


class PatternForm(ModelForm):
    regex = CharField(
        label=gettext_lazy("Motif"),
        validators=(validate_regex,),
        widget=Textarea(
            attrs={"rows": 3, "cols": 60, "dir": "ltr", "spellcheck": "false"}
        ),
        help_text=EditorPattern._meta.get_field("regex").help_text,
    )

    class Meta:
        model = EditorPattern
        fields = (
            "name",
            "regex",
            "category",
            "severity",
            "explanation_fr",
            "explanation_en",
            "active",
        )


@admin.register(EditorPattern)
class EditorPatternAdmin(KeptAdmin):
    form = PatternForm
    list_display = (
        "name",
        "regex",
        "category",
        "severity",
        "active",
        "flag_total",
        "upheld_share",
        "last_used",
        "updated_at",
    )
    list_filter = ("active", "category", "severity")
    search_fields = ("name", "regex", "explanation_fr", "explanation_en")
    search_help_text = gettext_lazy("nom, motif ou explication")
    ordering = ("name",)
    actions = ("put_in_service", "retire")
    change_form_template = "admin/moderation/editorpattern/change_form.html"
    readonly_fields = ("updated_at",)

    def records_of(self, rows: Iterable[EditorPattern]) -> dict[int, Record]:
        return pattern_records(rows)

    @admin.display(description=gettext_lazy("relevés"))
    def flag_total(self, pattern: Any) -> int:
        total: int = pattern.record.raised
        return total

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "unusable": unusable_patterns()}
        return super().changelist_view(request, context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and (why := unusable_patterns().get(obj.name)):
            context["unusable"] = {obj.name: why}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            (None, {"fields": ("name", "regex")}),
            (_("Effet"), {"fields": ("active", "category", "severity")}),
            (_("Explication"), {"fields": ("explanation_fr", "explanation_en")}),
            (_("Tenu par le site"), {"fields": ("updated_at",)}),
        )

    @admin.action(
        description=gettext_lazy("Mettre en service les motifs choisis"),
        permissions=["change"],
    )
    def put_in_service(
        self, request: HttpRequest, chosen: QuerySet[EditorPattern]
    ) -> None:
        self._switch(request, chosen, active=True)

    @admin.action(
        description=gettext_lazy("Retirer du service les motifs choisis"),
        permissions=["change"],
    )
    def retire(self, request: HttpRequest, chosen: QuerySet[EditorPattern]) -> None:
        self._switch(request, chosen, active=False)

    def _switch(
        self, request: HttpRequest, chosen: QuerySet[EditorPattern], *, active: bool
    ) -> None:
        changed = switch(chosen, active=active, by=who(request))
        self.message_user(
            request,
            ngettext(
                "%(count)d motif changé, dès le prochain commentaire.",
                "%(count)d motifs changés, dès le prochain commentaire.",
                len(changed),
            )
            % {"count": len(changed)},
            messages.SUCCESS,
        )
