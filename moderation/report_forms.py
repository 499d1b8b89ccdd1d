from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from moderation.report_models import (
    EMAIL_MAX_LENGTH,
    EXPLANATION_MAX_LENGTH,
    REPORTER_NAME_MAX_LENGTH,
    ReportKind,
)
from moderation.reports import report_errors


class ReportForm(forms.Form):
    """What a reader objects to. Its cleaned data suits `report_comment`.

    What is required depends on the kind: `report_errors` says it, in its own words,
    and the browser is not asked to.
    """

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Que reprochez-vous à ce commentaire ?"),
        choices=[("", _("Choisir")), *ReportKind.choices],
    )
    explanation = forms.CharField(
        label=_("Expliquez pourquoi"),
        strip=False,
        help_text=_(
            "Citez les mots en cause et dites ce qui est contraire à la loi ou aux "
            "règles du journal. 2000 caractères au plus."
        ),
        widget=forms.Textarea(
            attrs={
                "rows": 6,
                "dir": "auto",
                "maxlength": EXPLANATION_MAX_LENGTH,
                "aria-required": "true",
            }
        ),
    )
    name = forms.CharField(
        label=_("Votre nom"),
        help_text=_("Inutile pour signaler un abus sur un mineur."),
        widget=forms.TextInput(
            attrs={"autocomplete": "name", "maxlength": REPORTER_NAME_MAX_LENGTH}
        ),
    )
    email = forms.CharField(
        label=_("Votre adresse électronique"),
        help_text=_(
            "Pour l’accusé de réception et la réponse. Inutile pour signaler un abus "
            "sur un mineur."
        ),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "maxlength": EMAIL_MAX_LENGTH}
        ),
    )
    good_faith = forms.BooleanField(
        label=_("Je pense de bonne foi que ce que j’écris ici est exact et complet."),
        widget=forms.CheckboxInput(attrs={"aria-required": "true"}),
    )

    def clean(self) -> dict[str, Any]:
        """What Django says of each field is set aside for what `report_errors` says."""
        typed = {
            name: self.data.get(name, "")
            for name in ("kind", "explanation", "name", "email")
        }
        agreed = bool(self.data.get("good_faith"))
        self.errors.clear()
        self.cleaned_data = {**typed, "good_faith": agreed}
        for field, message in report_errors(typed, good_faith=agreed).items():
            self.add_error(field, message)
        return self.cleaned_data

    def focus_first_error(self) -> None:
        """Let the page open at the first field to correct."""
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs["autofocus"] = True
                return


def known_of(user: User | AnonymousUser, signature: str) -> dict[str, str]:
    """What an account need not type again: {field: value}."""
    if not user.is_authenticated:
        return {}
    return {"name": user.get_full_name() or signature, "email": user.email}
