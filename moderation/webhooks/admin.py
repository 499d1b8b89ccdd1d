"""Endpoints in the back office, for administrators: no group has these rights.

A secret is shown once, in the answer to the form that made it: it goes through no
session, message or address.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models import WebhookDelivery, WebhookEndpoint
from moderation.webhooks.endpoints import (
    forget_failures,
    give_secret,
    replace_secret,
    retire_former_secret,
    send_test,
)
from moderation.webhooks.forms import TYPES, EndpointForm

TEMPLATES = "admin/moderation/webhookendpoint"
LATEST = 20
"""Deliveries on an endpoint's own page."""


class WebhookEndpointAdmin(admin.ModelAdmin):
    form = EndpointForm
    list_display = (
        "description",
        "url",
        "active",
        "failing_since",
        "disabled_because",
    )
    list_filter = ("active", "tells_posted", "tells_decided", "tells_reported")
    search_fields = ("description", "url")
    search_help_text = gettext_lazy("description ou adresse")
    readonly_fields = (
        "secrets",
        "secret_changed_at",
        "failing_since",
        "disabled_because",
        "created_by",
        "created_at",
    )

    @admin.display(description=gettext_lazy("secrets de signature"))
    def secrets(self, endpoint: WebhookEndpoint) -> str:
        if endpoint.former_secret:
            return _("deux en service : l’actuel et le précédent")
        return _("un en service")

    def get_fieldsets(
        self, request: HttpRequest, obj: WebhookEndpoint | None = None
    ) -> Any:
        own = (
            ("description", "url") if obj is None else ("description", "url", "active")
        )
        told = (_("Prévenir de"), {"fields": TYPES})
        if obj is None:
            return ((None, {"fields": own}), told)
        return (
            (None, {"fields": own}),
            told,
            (_("État"), {"fields": self.readonly_fields}),
        )

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            assert isinstance(request.user, User)  # or the form would not be shown
            obj.new_secret = give_secret(obj, by=request.user)
        elif form.moved or form.revived:
            forget_failures(obj)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._shown_once(request, obj, obj.new_secret)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown = {"deliveries": latest_deliveries(object_id), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, shown)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[str], list[Any]]:
        """Named by themselves: thousands of deliveries go with them."""
        deliveries = WebhookDelivery.objects.filter(endpoint__in=objs).count()
        counted: dict[Any, int] = {
            self.opts.verbose_name_plural: len(objs),
            WebhookDelivery._meta.verbose_name_plural: deliveries,
        }
        return [str(endpoint) for endpoint in objs], counted, set(), []

    def get_urls(self) -> list[URLPattern]:
        pages: tuple[tuple[str, str, Callable[..., HttpResponse]], ...] = (
            ("secret", "secret", self.secret_page),
            ("secret/retirer", "former_secret", self.former_secret_page),
            ("essai", "test", self.test_page),
        )
        return [
            *(
                path(
                    f"<int:pk>/{route}/",
                    self.admin_site.admin_view(view),
                    name=f"moderation_webhookendpoint_{name}",
                )
                for route, name, view in pages
            ),
            *super().get_urls(),
        ]

    def secret_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._endpoint(request, pk)
        if request.method != "POST":
            warning = _(
                "Les envois porteront deux signatures, du nouveau secret et de l’actuel, "
                "jusqu’à ce que vous retiriez l’actuel ou en changiez encore."
            )
            return self._confirmation(
                request, endpoint, _("Changer de secret"), warning
            )
        secret = replace_secret(endpoint)
        self._note(request, endpoint, "secret")
        return self._shown_once(request, endpoint, secret)

    def former_secret_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._endpoint(request, pk)
        if request.method != "POST":
            warning = _(
                "Les envois ne porteront plus que la signature du secret actuel : un "
                "système qui connaît seulement le précédent les refusera."
            )
            title = _("Retirer le secret précédent")
            return self._confirmation(request, endpoint, title, warning)
        retire_former_secret(endpoint)
        self._note(request, endpoint, "secret précédent")
        messages.success(request, _("Le secret précédent ne signe plus."))
        return redirect("admin:moderation_webhookendpoint_change", pk)

    def test_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._endpoint(request, pk)
        if request.method != "POST":
            warning = _(
                "Un événement « endpoint.test », sans contenu, part comme tous les "
                "autres : ce qu’il devient se lit dans les derniers envois."
            )
            title = _("Envoyer un essai")
            return self._confirmation(request, endpoint, title, warning)
        if endpoint.active:
            send_test(endpoint)
            messages.success(
                request,
                _("L’essai est noté. Il part dès que « deliver_webhooks » passe."),
            )
        else:
            messages.error(
                request, _("Cette adresse est hors service : rien ne lui est envoyé.")
            )
        return redirect("admin:moderation_webhookendpoint_change", pk)

    def _endpoint(self, request: HttpRequest, pk: int) -> WebhookEndpoint:
        endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
        if not self.has_change_permission(request, endpoint):
            raise PermissionDenied
        return endpoint

    def _note(self, request: HttpRequest, endpoint: WebhookEndpoint, what: str) -> None:
        self.log_change(request, endpoint, [{"changed": {"fields": [what]}}])

    def _confirmation(
        self, request: HttpRequest, endpoint: WebhookEndpoint, title: str, warning: str
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "warning": warning,
            "endpoint": endpoint,
        }
        return render(request, f"{TEMPLATES}/confirm.html", context)

    def _shown_once(
        self, request: HttpRequest, endpoint: WebhookEndpoint, secret: str
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("À copier maintenant"),
            "secret": secret,
            "endpoint": endpoint,
        }
        return render(request, f"{TEMPLATES}/secret.html", context)


def latest_deliveries(endpoint: str) -> QuerySet[WebhookDelivery]:
    """Of the endpoint with that key; none for what is no key."""
    found = WebhookDelivery.objects.select_related("event")
    if not endpoint.isdecimal():
        return found.none()
    return found.filter(endpoint=int(endpoint)).order_by("-pk")[:LATEST]
