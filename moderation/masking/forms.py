import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.masking import Mask, MaskKind
from moderation.masking.models import NOTE_MAX_LENGTH

_SPAN = re.compile(r"(\d{1,6})-(\d{1,6})-([a-z]+)", re.ASCII)


class MaskForm(forms.Form):
    """What a moderator wants masked, with what he saw when he chose it.

    Each ``span`` is « start-end-kind », in code points; whether the text has it is the
    service's to check.
    """

    span = forms.Field(required=False, widget=forms.SelectMultiple)
    publish = forms.BooleanField(required=False)
    note = forms.CharField(required=False, max_length=NOTE_MAX_LENGTH)
    after = forms.IntegerField(required=False, min_value=1)
    revision = forms.IntegerField(min_value=1)

    def clean_span(self) -> list[Mask]:
        sent: list[str] = self.cleaned_data["span"] or []
        masks = [mask for value in sent if (mask := mask_of(value))]
        if len(masks) < len(sent):
            raise forms.ValidationError(
                _("Ce passage n’est pas dans le texte : choisissez-le de nouveau.")
            )
        return masks

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["masks"] = cleaned.pop("span", [])
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """What the service says of spans is said beside the one field there is."""
        known = {"spans": "span"}
        super().add_error(known.get(field or "", field), error)

    @property
    def typed(self) -> list[Mask]:
        """What was chosen, as far as it can be read."""
        sent = self["span"].value() or []
        return [mask for value in sent if (mask := mask_of(value))]


def mask_of(value: str) -> Mask | None:
    """The span that « start-end-kind » names; None if it names none."""
    found = _SPAN.fullmatch(value)
    if found is None or found[3] not in MaskKind.values:
        return None
    return Mask(int(found[1]), int(found[2]), found[3])
