"""The lexicon's changes in the back office: read, and gone back to."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from comments.admin import ReadOnlyAdmin
from moderation.changes import MODELS, restore
from moderation.forms import rule_name
from moderation.kept_admin import who
from moderation.models import LexiconChange, Term

State = Literal["before", "after"]
CHANGED = SafeString(' class="changed"')


@admin.register(LexiconChange)
class LexiconChangeAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "named", "summary", "taken_by")
    list_filter = (
        "kind",
        "created_at",
        ("by", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related: ClassVar[tuple[str, ...]] = ("by",)
    search_fields = ("identity",)
    search_help_text = gettext_lazy("terme, règle ou motif")
    date_hierarchy = "created_at"
    ordering = ("-pk",)
    fields = ("created_at", "kind", "object_link", "taken_by", "number", "compared")
    readonly_fields = ("object_link", "taken_by", "compared")
    change_form_template = "admin/moderation/lexiconchange/change_form.html"

    class Media:
        css: ClassVar = {"all": ("moderation/css/lexicon_admin.css",)}

    @admin.display(description=gettext_lazy("nom"), ordering="identity")
    def named(self, change: LexiconChange) -> str:
        return name_of(change)

    @admin.display(description=gettext_lazy("par"), ordering="by__username")
    def taken_by(self, change: LexiconChange) -> str:
        return author_of(change)

    @admin.display(description=gettext_lazy("changement"))
    def summary(self, change: LexiconChange) -> str:
        return summary_of(change)

    @admin.display(description=gettext_lazy("nom"))
    def object_link(self, change: LexiconChange) -> SafeString | str:
        model = MODELS[change.kind]
        if not model._default_manager.filter(pk=change.object_id).exists():
            return name_of(change)
        address = reverse(_address(model, "change"), args=(change.object_id,))
        return format_html('<a href="{}">{}</a>', address, name_of(change))

    @admin.display(description=gettext_lazy("valeurs"))
    def compared(self, change: LexiconChange) -> SafeString:
        rows = format_html_join(
            "",
            '<tr{}><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
            (
                (CHANGED if before != after else "", name, before, after)
                for name, before, after in compared_values(change)
            ),
        )
        return format_html(
            '<table class="versions values"><thead><tr><th scope="col">{}</th>'
            '<th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
            "<tbody>{}</tbody></table>",
            _("champ"),
            _("avant"),
            _("après"),
            rows,
        )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["subtitle"] = name_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.go_back))
        return [
            path(
                "<int:pk>/revenir/<str:state>/",
                view,
                name="moderation_lexiconchange_restore",
            ),
            *super().get_urls(),
        ]

    def go_back(self, request: HttpRequest, pk: int, state: str) -> HttpResponse:
        """Give the object of a change the values it had before or after it."""
        change = get_object_or_404(LexiconChange, pk=pk)
        if state not in ("before", "after") or getattr(change, state) is None:
            return redirect("admin:moderation_lexiconchange_change", pk)
        model = MODELS[change.kind]
        kept = model._default_manager.filter(pk=change.object_id).first()
        verb = "change" if kept else "add"
        if not request.user.has_perm(f"moderation.{verb}_{model._meta.model_name}"):
            raise PermissionDenied
        try:
            changed = restore(change, cast(State, state), by=who(request))
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect("admin:moderation_lexiconchange_change", pk)
        if changed:
            restored = model._default_manager.get(pk=change.object_id)
            said = _("Revenu à une version antérieure.")
            LogEntry.objects.log_actions(who(request).pk, [restored], CHANGE, said)
            self.message_user(request, said, messages.SUCCESS)
        else:
            self.message_user(request, _("Ces valeurs sont déjà les siennes."))
        return redirect(_address(model, "change"), change.object_id)


def author_of(change: LexiconChange) -> str:
    """Who made ``change``; a command has no name."""
    return full_name(change.by) if change.by else _("ligne de commande")


def full_name(account: User) -> str:
    """As colleagues know them; the name they sign in with if they gave no other."""
    return account.get_full_name() or account.get_username()


def name_of(change: LexiconChange) -> str:
    """What was changed, in words: « zut (français, insulte) », « Majuscules »."""
    if change.kind == LexiconChange.Kind.RULE:
        return rule_name(change.identity)
    values = change.after or change.before or {}
    if change.kind == LexiconChange.Kind.PATTERN or "text" not in values:
        return change.identity
    language, role = (_shown(Term, field, values) for field in ("language", "kind"))
    return f"{values['text']} ({language}, {role})"


def summary_of(change: LexiconChange) -> str:
    """« ajouté », « supprimé », or the names of the fields that changed."""
    if change.before is None:
        return _("ajouté")
    if change.after is None:
        return _("supprimé")
    return ", ".join(
        name for name, before, after in compared_values(change) if before != after
    )


def compared_values(change: LexiconChange) -> list[tuple[str, str, str]]:
    """(name of the field, before, after) of each field, as people read them."""
    model = MODELS[change.kind]
    before, after = change.before or {}, change.after or {}
    return [
        (_name(model, field), _shown(model, field, before), _shown(model, field, after))
        for field in dict.fromkeys([*before, *after])
    ]


def _name(model: type[Model], field: str) -> str:
    if field not in model.KEPT:  # type: ignore[attr-defined]
        return field
    return str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _shown(model: type[Model], field: str, values: Mapping[str, Any]) -> str:
    if field not in values:
        return "–"
    value = values[field]
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, dict):
        return ", ".join(f"{name} = {number}" for name, number in value.items())
    if field in model.KEPT:  # type: ignore[attr-defined]
        choices = dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
        return str(choices.get(value, value))
    return str(value)


def _address(model: type[Model], page: str) -> str:
    return f"admin:moderation_{model._meta.model_name}_{page}"
