from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models import Sanction
from moderation.reasons import MESSAGE_MAX_LENGTH, ReasonCode
from moderation.sanction_models import NOTE_MAX_LENGTH
from moderation.sanctions import REVIEW_MAX, SUSPENSION_MAX_DAYS, Order

ROWS = {"rows": 3, "dir": "auto"}


class SanctionForm(forms.Form):
    """A moderator's sanction, with the last one he saw (``after``).

    What each kind needs is checked by the service, in its own words.
    """

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Sanction"),
        choices=[
            (Sanction.Kind.WARNING, _("Avertir")),
            (Sanction.Kind.REVIEW, _("Relire ses prochains commentaires")),
            (Sanction.Kind.SUSPENSION, _("Suspendre")),
            (Sanction.Kind.BAN, _("Bannir pour un an")),
        ],
        widget=forms.RadioSelect,
    )
    comments = forms.IntegerField(
        label=_("Combien de commentaires relire"),
        required=False,
        min_value=1,
        max_value=REVIEW_MAX,
        initial=5,
    )
    until = forms.DateField(
        label=_("Suspendu jusqu’au"),
        required=False,
        help_text=_("Ce jour compris, et six mois au plus."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.ChoiceField(
        label=_("Motif"), choices=[("", _("Choisir un motif")), *ReasonCode.choices]
    )
    message = forms.CharField(
        label=_("Message à l’auteur"),
        required=False,
        max_length=MESSAGE_MAX_LENGTH,
        help_text=_(
            "Vide, il lit que ses commentaires ne respectent pas la clause de la charte "
            "que le motif cite. La mesure, sa durée, les faits et le recours s’ajoutent "
            "d’eux-mêmes : vous relirez tout avant l’envoi."
        ),
        widget=forms.Textarea(attrs=ROWS),
    )
    note = forms.CharField(
        label=_("Note pour les modérateurs"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={**ROWS, "rows": 2}),
    )
    grave = forms.BooleanField(
        label=_("Les faits sont graves : sans avertissement préalable"),
        required=False,
    )
    grave_reason = forms.CharField(
        label=_("Pourquoi ils sont graves"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        help_text=_("Pour les modérateurs, 20 caractères au moins."),
        widget=forms.Textarea(attrs={**ROWS, "rows": 2}),
    )
    after = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, needed in self._needed().items():
            self.fields[name].required = needed
        today = timezone.localdate()
        self.fields["until"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + timedelta(SUSPENSION_MAX_DAYS)).isoformat(),
        }

    def _needed(self) -> dict[str, bool]:
        """What the chosen kind needs; before one is chosen, what any kind does."""
        if not self.is_bound:
            return dict.fromkeys(("comments", "until", "grave_reason"), True)
        kind = self.data.get("kind")
        return {
            "comments": kind == Sanction.Kind.REVIEW,
            "until": kind == Sanction.Kind.SUSPENSION,
            "grave_reason": kind in Sanction.NO_POSTING and "grave" in self.data,
        }

    @property
    def order(self) -> Order:
        """What valid fields ask for."""
        asked = {k: v for k, v in self.cleaned_data.items() if k != "after"}
        return Order(**asked | {"kind": Sanction.Kind(asked["kind"])})

    @property
    def repeated(self) -> list[tuple[str, str]]:
        """The (name, value) pairs that send the same again."""
        return [
            (name, str(self.data[name])) for name in self.fields if self.data.get(name)
        ]


class LiftForm(forms.Form):
    """Why a sanction is lifted; whether it says anything is the service's to check."""

    reason = forms.CharField(required=False, max_length=NOTE_MAX_LENGTH)


class NoteForm(forms.Form):
    """A note on an author; the service checks its length."""

    text = forms.CharField(required=False)


def first_error(form: forms.Form) -> str:
    """The first of what is wrong with ``form``."""
    return next(str(error) for errors in form.errors.values() for error in errors)
