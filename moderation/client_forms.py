"""Forms for client systems, and the check of secrets that those systems draw."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models import ApiClient

_SECRET = re.compile(r"[!-~]{20,200}", re.ASCII)


class SigningSecretField(forms.CharField):
    """A secret of the caller's own, empty for one drawn here. It is never shown again."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Secret de signature donné par Coral"),
            required=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "off", "size": 60}),
            help_text=gettext_lazy(
                "Coral le montre en créant sa phase de modération externe. Laissez vide "
                "pour en tirer un au hasard, ou si vous n’utilisez pas ces phases."
            ),
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _SECRET.fullmatch(value):
            raise ValidationError(
                _(
                    "Un secret compte de 20 à 200 lettres, chiffres ou signes sans accent."
                )
            )


class NewClientForm(forms.ModelForm):
    signing_secret = SigningSecretField()

    class Meta:
        model = ApiClient
        fields = ("name", "per_minute", "per_day")


class SecretForm(forms.Form):
    signing_secret = SigningSecretField()
