"""Deliveries in the back office: to be read, and tried again."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from comments.admin import ReadOnlyAdmin, exact_text
from moderation.models import WebhookDelivery
from moderation.webhooks.endpoints import retry_now


class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """What was sent and what came of it; what failed can be tried again."""

    actions = ("retry",)  # type: ignore[assignment]
    list_display = (
        "shown_type",
        "endpoint",
        "state",
        "attempts",
        "status_code",
        "duration",
        "failure",
        "attempted_at",
        "next_attempt_at",
    )
    list_filter = ("state", "failure", "endpoint", "event__type")
    list_select_related: ClassVar[tuple[str, ...]] = ("event", "endpoint")
    search_fields = ("event__uid",)
    search_help_text = gettext_lazy("identifiant de l’événement (webhook-id)")
    show_full_result_count = False
    fields = (
        "shown_type",
        "uid",
        "endpoint",
        "state",
        "attempts",
        "attempted_at",
        "next_attempt_at",
        "failure",
        "status_code",
        "duration",
        "shown_answer",
        "shown_body",
    )
    readonly_fields = ("shown_type", "uid", "shown_answer", "shown_body")

    @admin.display(description=gettext_lazy("événement"), ordering="event__type")
    def shown_type(self, delivery: WebhookDelivery) -> str:
        return delivery.event.get_type_display()

    @admin.display(description=gettext_lazy("identifiant"))
    def uid(self, delivery: WebhookDelivery) -> str:
        return delivery.event.uid

    @admin.display(description=gettext_lazy("début de la réponse"))
    def shown_answer(self, delivery: WebhookDelivery) -> str:
        return exact_text(delivery.answer)

    @admin.display(description=gettext_lazy("contenu envoyé"))
    def shown_body(self, delivery: WebhookDelivery) -> str:
        return exact_text(delivery.event.body)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        delivery = self.get_object(request, object_id)
        waits = delivery is not None and delivery.state != delivery.State.DELIVERED
        allowed = waits and self.has_retry_permission(request)
        shown = {"may_retry": allowed, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, shown)

    def get_urls(self) -> list[URLPattern]:
        retrying = path(
            "<int:pk>/reessayer/",
            self.admin_site.admin_view(require_POST(self.retry_page)),
            name="moderation_webhookdelivery_retry",
        )
        return [retrying, *super().get_urls()]

    def retry_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        chosen = WebhookDelivery.objects.filter(pk=pk)
        delivery = get_object_or_404(chosen)
        if not self.has_retry_permission(request):
            raise PermissionDenied
        self.retry(request, chosen)
        return redirect("admin:moderation_webhookendpoint_change", delivery.endpoint_id)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("moderation.change_webhookendpoint")

    @admin.action(
        description=gettext_lazy("Réessayer maintenant"), permissions=["retry"]
    )
    def retry(self, request: HttpRequest, chosen: QuerySet[WebhookDelivery]) -> None:
        count = retry_now(chosen)
        messages.success(
            request,
            ngettext(
                "%(count)d envoi repart dès que « deliver_webhooks » passe.",
                "%(count)d envois repartent dès que « deliver_webhooks » passe.",
                count,
            )
            % {"count": count},
        )
