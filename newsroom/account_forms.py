"""allauth's forms in the newspaper's own words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS = {
    "email": _("Adresse électronique"),
    "login": _("Adresse électronique"),
    "password": _("Mot de passe"),
    "password1": _("Mot de passe"),
    "password2": _("Le même, une seconde fois"),
    "oldpassword": _("Mot de passe actuel"),
}


class _Plain(forms.Form):
    """Visible labels of ours, and no placeholder repeating them."""

    labels: ClassVar[dict[str, Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label = self.labels.get(name) or LABELS.get(name)
            field.label = str(label) if label else field.label
            if name in {"password", "oldpassword"}:
                field.help_text = ""  # a link that the page shows in its own place


class LoginForm(_Plain, allauth_forms.LoginForm):  # type: ignore[misc]
    pass


class SignupForm(_Plain, allauth_forms.SignupForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(_Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(_Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class AddEmailForm(_Plain, allauth_forms.AddEmailForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Promise]] = {"email": _("Nouvelle adresse électronique")}


class ResetPasswordKeyForm(_Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Promise]] = {"password1": _("Nouveau mot de passe")}


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Promise]] = {"password1": _("Nouveau mot de passe")}


class SetPasswordForm(_Plain, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    labels: ClassVar[dict[str, Promise]] = {"password1": _("Nouveau mot de passe")}
