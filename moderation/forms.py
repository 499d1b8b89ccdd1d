from typing import Any

from django import forms
from django.utils.translation import get_language

from moderation.models import Action
from moderation.reasons import MESSAGE_MAX_LENGTH, ReasonCode
from moderation.rules.config import shipped_config


def rule_name(rule: str) -> str:
    """What moderators call ``rule``; its own name if it is a new or former one."""
    config = shipped_config().get(rule)
    if config is None:
        return rule
    language = (get_language() or "fr")[:2]
    return config.title.get(language) or config.title["fr"]


class DecisionForm(forms.Form):
    """A moderator's decision, with what he saw when he took it.

    ``quick_reason`` is the value of the button that hides with that reason at once;
    ``note`` is for moderators, ``message`` for the author.
    """

    action = forms.ChoiceField(choices=Action.choices)
    reason = forms.ChoiceField(required=False, choices=[("", ""), *ReasonCode.choices])
    quick_reason = forms.ChoiceField(
        required=False, choices=[("", ""), *ReasonCode.choices]
    )
    note = forms.CharField(required=False, max_length=2000)
    message = forms.CharField(required=False, max_length=MESSAGE_MAX_LENGTH)
    after = forms.IntegerField(required=False, min_value=1)
    revision = forms.IntegerField(min_value=1)
    masks = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "masks" not in self.data:  # a page from before there were any
            cleaned["masks"] = None
        quick = cleaned.pop("quick_reason", "")
        if quick:
            cleaned["reason"] = quick
        if "action" in cleaned:
            cleaned["action"] = Action(cleaned["action"])
        return cleaned
