from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.models import Article
from moderation.models import (
    Action,
    CategoryChoices,
    Flag,
    QueueEntry,
    SeverityChoices,
)
from moderation.queue import Facets, QueueFilters
from moderation.reasons import MESSAGE_MAX_LENGTH, ReasonCode
from moderation.rules.config import shipped_config

Choices = list[tuple[str, Any]]

RANKS = {
    "attente": QueueEntry.Rank.PENDING,
    "signales": QueueEntry.Rank.FLAGGED,
}
LIKELY_HIDDEN = "probable"
BY_READERS = "oui"


def rule_name(rule: str) -> str:
    """What moderators call ``rule``; its own name if it is a new or former one."""
    config = shipped_config().get(rule)
    if config is None:
        return rule
    language = (get_language() or "fr")[:2]
    return config.title.get(language) or config.title["fr"]


class QueueFilterForm(forms.Form):
    """The queue's filters as its address holds them; what is not understood is ignored.

    Offers only values that the queue holds, and those that are chosen already; an
    order only if there is another than the usual one.
    """

    ordre = forms.ChoiceField(
        label=gettext_lazy("Ordre"),
        required=False,
        choices=[
            ("", gettext_lazy("Plus longue attente d’abord")),
            (LIKELY_HIDDEN, gettext_lazy("Probablement à masquer d’abord")),
        ],
    )
    etat = forms.ChoiceField(
        label=gettext_lazy("État"),
        required=False,
        choices=[
            ("", gettext_lazy("tous")),
            ("attente", gettext_lazy("en attente")),
            ("signales", gettext_lazy("parus et signalés")),
        ],
    )
    lecteurs = forms.ChoiceField(
        label=gettext_lazy("Lecteurs"),
        required=False,
        choices=[
            ("", gettext_lazy("signalés ou non")),
            (BY_READERS, gettext_lazy("signalés par des lecteurs")),
        ],
    )
    article = forms.ChoiceField(label=gettext_lazy("Article"), required=False)
    categorie = forms.ChoiceField(label=gettext_lazy("Catégorie"), required=False)
    regle = forms.ChoiceField(label=gettext_lazy("Règle"), required=False)
    gravite = forms.ChoiceField(label=gettext_lazy("Gravité"), required=False)
    auteur = forms.CharField(
        label=gettext_lazy("Auteur"), required=False, max_length=100
    )

    def __init__(self, data: QueryDict, facets: Facets, *, ranked: bool) -> None:
        super().__init__(data, label_suffix="")
        if not ranked:
            del self.fields["ordre"]
        all_of_them = _("toutes")
        self._offer("article", [("", _("tous")), *self._articles(facets)])
        self._offer(
            "categorie",
            [("", all_of_them), *CategoryChoices.choices],
            present=facets.categories,
        )
        self._offer("regle", [("", all_of_them), *self._rules(facets)])
        self._offer(
            "gravite",
            [("", all_of_them), *SeverityChoices.choices],
            present=facets.severities,
        )

    def filters(self) -> QueueFilters:
        """What was asked, without the fields that hold errors."""
        self.is_valid()
        asked = self.cleaned_data
        return QueueFilters(
            article=int(asked["article"]) if asked.get("article") else None,
            category=asked.get("categorie", ""),
            rule=asked.get("regle", ""),
            severity=asked.get("gravite", ""),
            rank=RANKS.get(asked.get("etat", "")),
            author=asked.get("auteur", ""),
            reported=asked.get("lecteurs") == BY_READERS,
        )

    @property
    def filtered(self) -> bool:
        """Whether anything was asked but an order."""
        return any(
            value for name, value in self.cleaned_data.items() if name != "ordre"
        )

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The (name, value) pairs that ask for the same again, errors included."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]

    @property
    def likely_hidden_first(self) -> bool:
        return self.cleaned_data.get("ordre") == LIKELY_HIDDEN

    def _offer(
        self, name: str, known: Choices, present: set[str] | None = None
    ) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        shown = {"", self.data.get(name, ""), *(present or ())}
        field.choices = [c for c in known if present is None or c[0] in shown]

    def _articles(self, facets: Facets) -> Choices:
        offered = [(str(pk), f"{title} ({n})") for pk, title, n in facets.articles]
        wanted = self.data.get("article", "")
        # Its last comment may just have been decided: still a valid filter
        if wanted.isdecimal() and len(wanted) < 19 and wanted not in dict(offered):
            gone = Article.objects.filter(pk=int(wanted)).values_list(
                "title", flat=True
            )
            offered += [(wanted, f"{title} (0)") for title in gone]
        return offered

    def _rules(self, facets: Facets) -> Choices:
        rules = set(facets.rules)
        wanted = self.data.get("regle", "")
        if wanted and wanted not in rules and "\x00" not in wanted:
            rules |= set(
                Flag.objects.filter(rule=wanted).values_list("rule", flat=True)[:1]
            )
        return sorted((rule, rule_name(rule)) for rule in rules)


class DecisionForm(forms.Form):
    """A moderator's decision, with what he saw when he took it.

    ``quick_reason`` is the value of the button that hides with that reason at once;
    ``note`` is for moderators, ``message`` for the author.
    """

    action = forms.ChoiceField(choices=Action.choices)
    reason = forms.ChoiceField(required=False, choices=[("", ""), *ReasonCode.choices])
    quick_reason = forms.ChoiceField(
        required=False, choices=[("", ""), *ReasonCode.choices]
    )
    note = forms.CharField(required=False, max_length=2000)
    message = forms.CharField(required=False, max_length=MESSAGE_MAX_LENGTH)
    after = forms.IntegerField(required=False, min_value=1)
    revision = forms.IntegerField(min_value=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        quick = cleaned.pop("quick_reason", "")
        if quick:
            cleaned["reason"] = quick
        if "action" in cleaned:
            cleaned["action"] = Action(cleaned["action"])
        return cleaned
