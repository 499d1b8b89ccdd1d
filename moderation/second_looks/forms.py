from typing import Any

from django import forms

from moderation.models import Action
from moderation.reasons import ReasonCode

NOTE_MAX_LENGTH = 2000  # code points


class LookForm(forms.Form):
    """What a moderator would do; `judge` says what is missing.

    ``quick_reason`` is the value of the button that hides with that reason at once.
    """

    action = forms.ChoiceField(required=False, choices=Action.choices)
    reason = forms.ChoiceField(required=False, choices=[("", ""), *ReasonCode.choices])
    quick_reason = forms.ChoiceField(
        required=False, choices=[("", ""), *ReasonCode.choices]
    )
    note = forms.CharField(required=False, max_length=NOTE_MAX_LENGTH)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if quick := cleaned.pop("quick_reason", ""):
            cleaned["reason"] = quick
        return cleaned
