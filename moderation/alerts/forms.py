from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.alerts.models import DigestPreference

Frequency = DigestPreference.Frequency


class DigestForm(forms.Form):
    """When an account wants its digest; only one with an address can want it."""

    use_required_attribute = False

    frequency = forms.ChoiceField(
        label=gettext_lazy("Fréquence"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Heure"),
        help_text=gettext_lazy("à l’heure du journal"),
        coerce=int,
        choices=[(hour, f"{hour} h") for hour in range(24)],
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Jour"),
        help_text=gettext_lazy("si vous choisissez chaque semaine"),
        coerce=int,
        choices=[(number, capfirst(name)) for number, name in WEEKDAYS.items()],
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.account = account

    def clean_frequency(self) -> str:
        frequency: str = self.cleaned_data["frequency"]
        if frequency != Frequency.NEVER and not self.account.email:
            raise forms.ValidationError(
                _("Votre compte n’a pas d’adresse : ajoutez-en une d’abord.")
            )
        return frequency
