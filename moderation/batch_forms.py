"""A decision on many comments, as the desk's pages ask for it."""

import re
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.errors import InvalidDecision
from moderation.facets import recent_facets
from moderation.filter_form import QueueFilterForm
from moderation.models import Action
from moderation.reasons import ReasonCode
from moderation.selections import Chosen, Matching, Seen, Selection, all_matching

SEEN = re.compile(r"(\d{1,18})\.(\d{0,18})\.(\d{1,18})(?:\.([0-9a-f]{1,8}))?", re.ASCII)
"""The value of a comment's box: its key, its last decision, its text and the mark of its
masks, as shown; without the mark on a page from before there was one."""

CHOSEN = "choix"
EVERYTHING = "tout"


class BatchForm(forms.Form):
    """What to do with which comments.

    Those chosen one by one, each with what was seen of it, or ``tout`` that meets the
    queue's filters; then ``jusque`` and ``nombre`` are what the page of confirmation
    saw: the last decision, and how many.
    """

    action = forms.ChoiceField(choices=Action.choices)
    reason = forms.ChoiceField(required=False, choices=[("", ""), *ReasonCode.choices])
    note = forms.CharField(required=False, max_length=2000)
    tout = forms.BooleanField(required=False)
    jusque = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    nombre = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    nothing = gettext_lazy("Choisissez d’abord des commentaires.")
    selection: Selection

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.asked = data
        self.user = user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("tout"):
            self.selection = self._matching(cleaned)
        else:
            self.selection = self._chosen()
        if "action" in cleaned:
            cleaned["action"] = Action(cleaned["action"])
        return cleaned

    @property
    def repeated(self) -> list[tuple[str, str]]:
        """The (name, value) pairs that ask for the same comments again."""
        if isinstance(self.selection, Chosen):
            return [(CHOSEN, value) for value in self.asked.getlist(CHOSEN)]
        return [(EVERYTHING, "1"), *self.filters.asked]

    def _chosen(self) -> Chosen:
        seen = []
        for value in self.asked.getlist(CHOSEN):
            found = SEEN.fullmatch(value)
            if not found:
                raise forms.ValidationError(_("Choix illisible : relisez la file."))
            comment, after, revision, masks = found.groups()
            last = int(after) if after else None
            seen.append(Seen(int(comment), last, int(revision), masks))
        if not seen:
            raise forms.ValidationError(str(self.nothing))
        return Chosen(tuple(seen))

    def _matching(self, cleaned: dict[str, Any]) -> Matching:
        # An unknown order must not spoil it, hence ranked; an unknown filter must, as
        # without it everything would be decided
        self.filters = QueueFilterForm(
            self.asked, recent_facets(), user=self.user, ranked=True
        )
        if not self.filters.is_valid():
            raise forms.ValidationError(_("Filtres inconnus : relisez la file."))
        meant = self.filters.filters()
        try:
            if cleaned.get("jusque") is None:
                return all_matching(meant)
            return Matching(meant, cleaned["jusque"], cleaned.get("nombre"))
        except InvalidDecision as error:
            raise forms.ValidationError(str(error)) from error
