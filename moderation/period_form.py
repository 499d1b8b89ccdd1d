"""The period a page of figures is asked for, as its address holds it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.periods import Period, days, last_days, last_hours

MOST_DAYS = 92
"""A quarter: what is read of the ledger for one page stays bounded."""
EARLIEST = date(2000, 1, 1)
NAMED = {
    "24h": gettext_lazy("24 heures"),
    "7j": gettext_lazy("7 jours"),
    "30j": gettext_lazy("30 jours"),
}
USUAL = "7j"


class PeriodForm(forms.Form):
    """Two days, both included; without them one of the NAMED periods.

    ``now`` is the moment that the figures are given at.
    """

    periode = forms.ChoiceField(required=False, choices=list(NAMED.items()))
    du = forms.DateField(
        label=gettext_lazy("Du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=gettext_lazy("Au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Mapping[str, Any], *, now: datetime) -> None:
        super().__init__(data, label_suffix="")
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("du"), cleaned.get("au")
        today = localtime(self.now).date()
        if self.errors or (first is None and last is None):
            return cleaned
        if first is None:
            self.add_error("du", _("Donnez les deux dates."))
        elif last is None:
            self.add_error("au", _("Donnez les deux dates."))
        elif first < EARLIEST:
            self.add_error("du", _("Choisissez un jour après 1999."))
        elif first > today:
            self.add_error("du", _("Ce jour n’est pas encore venu."))
        elif last < first:
            self.add_error("au", _("Ce jour est avant le premier."))
        elif (min(last, today) - first).days >= MOST_DAYS:
            told = _("Choisissez %(most)d jours au plus.") % {"most": MOST_DAYS}
            self.add_error("au", told)
        return cleaned

    @property
    def name(self) -> str:
        """The NAMED period that is asked for, empty between two dates."""
        if self.data.get("du") or self.data.get("au"):
            return ""
        return str(self.data.get("periode") or USUAL)

    def period(self) -> Period:
        """What is asked for, once the form is valid."""
        first, last = self.cleaned_data["du"], self.cleaned_data["au"]
        if first and last:
            return days(first, last, now=self.now)
        if self.name == "24h":
            return last_hours(24, now=self.now)
        return last_days(int(self.name.removesuffix("j")), now=self.now)
