"""The form that editors tune one rule with: a labelled number for each threshold."""

from typing import Any

from django.forms import IntegerField, ModelForm
from django.utils.translation import gettext as _

from moderation.loading import as_shipped
from moderation.models import RuleSetting
from moderation.rule_models import Origin, in_this_language
from moderation.rules.config import Threshold, shipped_config

PREFIX = "seuil_"


class RuleSettingForm(ModelForm):
    """Subclassed for each rule by :func:`rule_form`, with its thresholds as fields."""

    class Meta:
        model = RuleSetting
        fields = ("enabled",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = self.instance.values
        for name, threshold in shipped_config()[self.instance.rule].thresholds.items():
            current = values.get(name) if isinstance(values, dict) else None
            self.initial[PREFIX + name] = (
                threshold.value if current is None else current
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        setting = self.instance
        if not self.errors:
            setting.values = {
                name.removeprefix(PREFIX): value
                for name, value in cleaned.items()
                if name.startswith(PREFIX)
            }
            setting.enabled = cleaned["enabled"]
            shipped = as_shipped(RuleSetting(rule=setting.rule))
            same = (setting.enabled, setting.values) == (
                shipped.enabled,
                shipped.values,
            )
            setting.origin = Origin.SHIPPED if same else Origin.EDITOR
        return cleaned


def rule_form(rule: str) -> type[RuleSettingForm]:
    """The form of ``rule``, worded in the language of the moment."""
    fields = {
        PREFIX + name: _field(threshold)
        for name, threshold in shipped_config()[rule].thresholds.items()
    }
    return type("RuleSettingForm", (RuleSettingForm,), fields)


def threshold_fields(rule: str) -> list[str]:
    """The names of the fields of ``rule``'s thresholds, in their shipped order."""
    return [PREFIX + name for name in shipped_config()[rule].thresholds]


def _field(threshold: Threshold) -> IntegerField:
    meaning = in_this_language(threshold.meaning)
    return IntegerField(
        label=meaning[:1].upper() + meaning[1:],
        min_value=threshold.least,
        max_value=threshold.most,
        help_text=_("de %(least)d à %(most)d ; livré : %(value)d")
        % {
            "least": threshold.least,
            "most": threshold.most,
            "value": threshold.value,
        },
    )
