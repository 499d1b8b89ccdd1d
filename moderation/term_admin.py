"""The lexicon in the back office. A change serves at the next screening, everywhere."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Now
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.lexicon import raise_version
from moderation.models import Flag, Term
from moderation.term_form import TermForm, is_shipped

IDENTITY = ("text", "language", "kind")
"""What `load_lexicon` knows a term by."""


class TermChangeList(ChangeList):
    """One page of terms, each with the number of flags it raised."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        terms: list[Any] = list(self.result_list)
        counted = dict(
            Flag.objects.filter(term__in={term.text for term in terms})
            .order_by()
            .values_list("term")
            .annotate(Count("pk"))
        )
        for term in terms:
            term.flag_total = counted.get(term.text, 0)
        self.result_list = terms


class TermAdmin(admin.ModelAdmin):
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
        "updated_at",
    )
    list_filter = ("active", "origin", "language", "kind", "tier", "severity")
    list_per_page = 100
    search_fields = ("text", "forms", "note")
    search_help_text = gettext_lazy("terme, forme irrégulière ou explication")
    ordering = ("text", "pk")
    actions = ("put_in_service", "retire")
    readonly_fields = ("origin", "updated_at")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TermChangeList

    @admin.display(description=gettext_lazy("relevés"))
    def flag_total(self, term: Any) -> int:
        total: int = term.flag_total
        return total

    def get_fieldsets(self, request: HttpRequest, obj: Term | None = None) -> Any:
        notice = ""
        if obj is not None and is_shipped(obj):
            notice = _(
                "Ce terme est livré avec le logiciel, qui le remettrait à sa prochaine "
                "mise à jour : on ne peut ni le renommer ni le supprimer. Pour qu’il ne "
                "serve plus, décochez « En service ». Ce que vous changez ici est gardé."
            )
        return (
            (None, {"fields": ("text", "language", "kind"), "description": notice}),
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
        if form.changed_data or not change:
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
        changing = list(chosen.exclude(active=active))
        Term.objects.filter(pk__in=[term.pk for term in changing]).update(
            active=active, updated_at=Now()
        )
        if changing:
            raise_version()  # an update of many rows sends no signal
            LogEntry.objects.log_actions(
                cast(User, request.user).pk,
                changing,
                CHANGE,
                [{"changed": {"fields": [_("en service")]}}],
            )
        self.message_user(
            request,
            ngettext(
                "%(count)d terme changé, dès le prochain commentaire.",
                "%(count)d termes changés, dès le prochain commentaire.",
                len(changing),
            )
            % {"count": len(changing)},
            messages.SUCCESS,
        )
