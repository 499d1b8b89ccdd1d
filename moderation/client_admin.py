"""Client systems in the back office, for administrators: no group has these rights.

A key or a secret is shown once, in the answer to the form that made it: it goes through
no session, message or address.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.admin import ReadOnlyAdmin, exact_text
from moderation.client_forms import NewClientForm, SecretForm
from moderation.clients import (
    Credentials,
    give_credentials,
    replace_key,
    replace_secret,
    retire_former_secret,
)
from moderation.models import ApiClient, SuggestedScore

TEMPLATES = "admin/moderation/apiclient"


class ApiClientAdmin(admin.ModelAdmin):
    list_display = (
        "name",
        "active",
        "shown_key",
        "per_minute",
        "per_day",
        "last_used_at",
        "created_at",
    )
    list_filter = ("active", "last_used_at")
    search_fields = ("name", "prefix")
    search_help_text = gettext_lazy("nom ou début de la clé")
    fields: ClassVar = (
        "name",
        "active",
        "per_minute",
        "per_day",
        "shown_key",
        "secrets",
        "secret_changed_at",
        "created_at",
        "last_used_at",
    )
    readonly_fields = (
        "shown_key",
        "secrets",
        "secret_changed_at",
        "created_at",
        "last_used_at",
    )

    @admin.display(description=gettext_lazy("clé"), ordering="prefix")
    def shown_key(self, client: ApiClient) -> str:
        return f"nr_{client.prefix}_…"

    @admin.display(description=gettext_lazy("secrets de signature"))
    def secrets(self, client: ApiClient) -> str:
        if client.former_signing_secret:
            return _("deux en service : l’actuel et le précédent")
        return _("un en service")

    def get_fields(self, request: HttpRequest, obj: ApiClient | None = None) -> Any:
        if obj is None:
            return ("name", "per_minute", "per_day", "signing_secret")
        return self.fields

    def get_readonly_fields(
        self, request: HttpRequest, obj: ApiClient | None = None
    ) -> Any:
        return () if obj is None else self.readonly_fields

    def get_form(
        self,
        request: HttpRequest,
        obj: ApiClient | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        if obj is None:
            kwargs["form"] = NewClientForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            secret = form.cleaned_data["signing_secret"]
            obj.new_credentials = give_credentials(obj, signing_secret=secret)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._shown_once(request, obj, obj.new_credentials)

    def get_urls(self) -> list[URLPattern]:
        pages: tuple[tuple[str, str, Callable[..., HttpResponse]], ...] = (
            ("cle", "key", self.key_page),
            ("secret", "secret", self.secret_page),
            ("secret/retirer", "former_secret", self.former_secret_page),
        )
        return [
            *(
                path(
                    f"<int:pk>/{route}/",
                    self.admin_site.admin_view(view),
                    name=f"moderation_apiclient_{name}",
                )
                for route, name, view in pages
            ),
            *super().get_urls(),
        ]

    def key_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        client = self._client(request, pk)
        if request.method != "POST":
            warning = _(
                "L’ancienne clé ne servira plus dès que la nouvelle sera montrée : "
                "le système qui s’en sert sera refusé jusqu’à ce qu’il la reçoive."
            )
            return self._confirmation(
                request, client, _("Remplacer la clé"), warning, forms.Form()
            )
        credentials = replace_key(client)
        self._note(request, client, "clé")
        return self._shown_once(request, client, credentials)

    def secret_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        client = self._client(request, pk)
        form = SecretForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            warning = _(
                "Le secret actuel reste admis à côté du nouveau, jusqu’à ce que vous le "
                "retiriez ou en changiez encore."
            )
            return self._confirmation(
                request, client, _("Changer de secret de signature"), warning, form
            )
        credentials = replace_secret(client, **form.cleaned_data)
        self._note(request, client, "secret de signature")
        return self._shown_once(request, client, credentials)

    def former_secret_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        client = self._client(request, pk)
        if request.method != "POST":
            warning = _("Ce qui est encore signé du secret précédent sera refusé.")
            return self._confirmation(
                request, client, _("Retirer le secret précédent"), warning, forms.Form()
            )
        retire_former_secret(client)
        self._note(request, client, "secret de signature précédent")
        messages.success(request, _("Le secret précédent n’est plus admis."))
        return redirect("admin:moderation_apiclient_change", client.pk)

    def _client(self, request: HttpRequest, pk: int) -> ApiClient:
        client = get_object_or_404(ApiClient, pk=pk)
        if not self.has_change_permission(request, client):
            raise PermissionDenied
        return client

    def _note(self, request: HttpRequest, client: ApiClient, what: str) -> None:
        self.log_change(request, client, [{"changed": {"fields": [what]}}])

    def _confirmation(
        self,
        request: HttpRequest,
        client: ApiClient,
        title: str,
        warning: str,
        form: forms.Form,
    ) -> HttpResponse:
        context = {
            **self._frame(request, client, title),
            "warning": warning,
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, f"{TEMPLATES}/confirm.html", context, status=status)

    def _shown_once(
        self, request: HttpRequest, client: ApiClient, credentials: Credentials
    ) -> HttpResponse:
        context = {
            **self._frame(request, client, _("À copier maintenant")),
            "credentials": credentials,
        }
        return render(request, f"{TEMPLATES}/credentials.html", context)

    def _frame(
        self, request: HttpRequest, client: ApiClient, title: str
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "client": client,
            "list_url": reverse("admin:moderation_apiclient_changelist"),
        }


class SuggestedScoreAdmin(ReadOnlyAdmin):
    """What clients sent to be kept: it can be read, and erased if someone asks for it."""

    list_display = (
        "text_excerpt",
        "attribute",
        "value",
        "client",
        "client_token",
        "changed_at",
    )
    list_filter = ("value", "attribute", "client", "changed_at")
    list_select_related: ClassVar[tuple[str, ...]] = ("client",)
    search_fields = ("text", "client_token", "community_id")
    search_help_text = gettext_lazy("texte, repère du client ou communauté")
    date_hierarchy = "changed_at"
    fields = (
        "client",
        "shown_text",
        "attribute",
        "value",
        "client_token",
        "community_id",
        "created_at",
        "changed_at",
    )
    readonly_fields = ("shown_text",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    @admin.display(description=gettext_lazy("texte"), ordering="text")
    def text_excerpt(self, suggested: SuggestedScore) -> str:
        return self.excerpt_of(suggested.text)

    @admin.display(description=gettext_lazy("texte"))
    def shown_text(self, suggested: SuggestedScore) -> str:
        return exact_text(suggested.text)
