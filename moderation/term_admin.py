"""The lexicon in the back office. A change serves at the next screening, everywhere."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.changes import switch
from moderation.kept_admin import KeptAdmin, who
from moderation.lexicon import unusable_terms
from moderation.models import Term
from moderation.records import Record, term_records, with_flag_total
from moderation.rules.lexicon import LexiconError
from moderation.term_file import written_terms
from moderation.term_form import TermForm, is_shipped
from moderation.term_help import kinds_explained

IDENTITY = ("text", "language", "kind")
"""What `load_lexicon` knows a term by."""


class Used(admin.SimpleListFilter):
    """Terms that have raised a flag, or none."""

    title = gettext_lazy("relevés")
    parameter_name = "releves"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("oui", _("a déjà servi")), ("non", _("n’a jamais servi"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "oui":
                return queryset.filter(flag_total__gt=0)
            case "non":
                return queryset.filter(flag_total=0)
        return queryset


class TermAdmin(KeptAdmin):
    form = TermForm
    list_display = (
        "text",
        "language",
        "kind",
        "tier",
        "severity",
        "active",
        "origin",
        "flag_total",
        "upheld_share",
        "last_used",
        "updated_at",
    )
    list_filter = ("active", "origin", Used, "language", "kind", "tier", "severity")
    list_per_page = 100
    search_fields = ("text", "forms", "note")
    search_help_text = gettext_lazy("terme, forme irrégulière ou explication")
    ordering = ("text", "pk")
    actions = ("put_in_service", "retire")
    readonly_fields = ("origin", "updated_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Term]:
        return with_flag_total(super().get_queryset(request))

    def records_of(self, rows: Iterable[Term]) -> dict[int, Record]:
        return term_records(rows)

    @admin.display(description=gettext_lazy("relevés"), ordering="flag_total")
    def flag_total(self, term: Any) -> int:
        total: int = term.flag_total
        return total

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "unusable": unusable_terms()}
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [
            path("exporter/", export, name="moderation_term_export"),
            *super().get_urls(),
        ]

    def export(self, request: HttpRequest) -> HttpResponse:
        """The lexicon as a file that `load_lexicon --from` reads back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        only = "editor" if request.GET.get("termes") == "redaction" else "all"
        try:
            text = written_terms(Term.objects.exported(only=only))
        except LexiconError as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect("admin:moderation_term_changelist")
        answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="lexique.toml"'
        return answer

    def get_fieldsets(self, request: HttpRequest, obj: Term | None = None) -> Any:
        notice = ""
        if obj is not None and is_shipped(obj):
            notice = _(
                "Ce terme est livré avec le logiciel, qui le remettrait à sa prochaine "
                "mise à jour : on ne peut ni le renommer ni le supprimer. Pour qu’il ne "
                "serve plus, décochez « En service ». Ce que vous changez ici est gardé."
            )
        identity = {
            "fields": IDENTITY,
            "description": format_html("{} {}", notice, kinds_explained()),
        }
        return (
            (None, identity),
            (_("Effet"), {"fields": ("active", "tier", "severity", "target", "note")}),
            (_("Formes"), {"fields": ("forms",)}),
            (_("Tenu par le site"), {"fields": ("origin", "updated_at")}),
        )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Term | None = None
    ) -> tuple[str, ...]:
        fixed = IDENTITY if obj is not None and is_shipped(obj) else ()
        return (*fixed, *self.readonly_fields)

    def has_delete_permission(
        self, request: HttpRequest, obj: Term | None = None
    ) -> bool:
        if obj is not None and is_shipped(obj):
            return False
        return super().has_delete_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: Term, form: ModelForm, change: bool
    ) -> None:
        # Switching a shipped term on or off leaves the rest of it to updates
        if set(form.changed_data) - {"active"}:
            obj.origin = Term.Origin.EDITOR
        super().save_model(request, obj, form, change)

    @admin.action(
        description=gettext_lazy("Mettre en service les termes choisis"),
        permissions=["change"],
    )
    def put_in_service(self, request: HttpRequest, chosen: QuerySet[Term]) -> None:
        self._switch(request, chosen, active=True)

    @admin.action(
        description=gettext_lazy("Retirer du service les termes choisis"),
        permissions=["change"],
    )
    def retire(self, request: HttpRequest, chosen: QuerySet[Term]) -> None:
        self._switch(request, chosen, active=False)

    @transaction.atomic
    def _switch(
        self, request: HttpRequest, chosen: QuerySet[Term], *, active: bool
    ) -> None:
        by = who(request)
        changed = switch(chosen, active=active, by=by)
        if changed:
            LogEntry.objects.log_actions(
                by.pk, changed, CHANGE, [{"changed": {"fields": [_("en service")]}}]
            )
        self.message_user(
            request,
            ngettext(
                "%(count)d terme changé, dès le prochain commentaire.",
                "%(count)d termes changés, dès le prochain commentaire.",
                len(changed),
            )
            % {"count": len(changed)},
            messages.SUCCESS,
        )
