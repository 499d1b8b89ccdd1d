from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from moderation.webhooks.models import WebhookEndpoint
from moderation.webhooks.targets import ForbiddenTarget, find_target

TYPES = ("tells_posted", "tells_decided", "tells_reported")


class EndpointForm(forms.ModelForm):
    """An endpoint. Its address is judged when it is typed or put back in service, so that
    one that has become a bad one can still be taken out of service."""

    class Meta:
        model = WebhookEndpoint
        fields = ("description", "url", *TYPES, "active")

    def clean_url(self) -> str:
        return str(self.cleaned_data["url"]).strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in TYPES):
            raise ValidationError(
                _("Choisissez de quoi prévenir ce système : un événement au moins.")
            )
        if "url" in data and (self.moved or self.revived):
            try:
                find_target(data["url"])
            except ForbiddenTarget as error:
                self.add_error("url", str(error))
        return data

    @property
    def moved(self) -> bool:
        return "url" in self.changed_data

    @property
    def revived(self) -> bool:
        return "active" in self.changed_data and bool(self.cleaned_data.get("active"))
