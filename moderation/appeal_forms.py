from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.appeal_models import ARGUMENT_MAX_LENGTH
from moderation.appeals import argument_error


class AppealForm(forms.Form):
    """What an author says against the hiding of his comment, if he wants to; or
    (``of_report``) a reporter against the keeping of the one that he reported."""

    argument = forms.CharField(
        label=_("Pourquoi est-ce une erreur ?"),
        required=False,
        strip=False,
        help_text=_(
            "Le modérateur a votre commentaire sous les yeux : dites ce qu’il n’a pas "
            "compris, ou n’écrivez rien. 2000 caractères au plus."
        ),
        widget=forms.Textarea(
            attrs={"rows": 5, "dir": "auto", "maxlength": ARGUMENT_MAX_LENGTH}
        ),
    )

    def __init__(self, *args: Any, of_report: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_report:
            self.fields["argument"].help_text = _(
                "Le modérateur a le commentaire et votre signalement sous les yeux : "
                "dites ce qu’il n’a pas vu, ou n’écrivez rien. 2000 caractères au plus."
            )

    def clean(self) -> dict[str, Any]:
        """What Django says of the field is set aside for what the service says."""
        typed = self.data.get("argument", "")
        self.errors.clear()
        self.cleaned_data = {"argument": typed}
        if error := argument_error(typed):
            self.add_error("argument", error)
        return self.cleaned_data


class AnswerForm(forms.Form):
    """A moderator's answer, with what he saw; `answer_appeal` judges what he typed."""

    outcome = forms.CharField(required=False)
    reasoning = forms.CharField(required=False, strip=False)
    after = forms.IntegerField(required=False, min_value=1)
    revision = forms.IntegerField(min_value=1)
