from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.models import Commenter
from comments.names import MAX_LENGTH, check_name, name_key
from comments.services import register_commenter


class SignupForm(forms.Form):
    """What sign-up asks beside e-mail and password: the name under the comments."""

    name = forms.CharField(
        label=gettext_lazy("Signature"),
        max_length=MAX_LENGTH,
        help_text=gettext_lazy("Le nom qui paraîtra sous vos commentaires."),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        check_name(name)
        if Commenter.objects.filter(name_key=name_key(name)).exists():
            raise ValidationError(
                _("Cette signature est déjà prise, ou ressemble trop à une autre.")
            )
        return name

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the account exists, in its transaction."""
        assert isinstance(user, User)
        user.groups.add(Group.objects.get(name="reader"))
        register_commenter(user, self.cleaned_data["name"])
