"""The desk's filters as an address holds them."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.forms.renderers import Jinja2
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Section
from comments.models import Comment
from moderation.facets import Facets
from moderation.filters import QueueFilters
from moderation.forms import rule_name
from moderation.likeness.groups import GROUP_KEY
from moderation.likeness.languages import Language
from moderation.models import CategoryChoices, Flag, QueueEntry, SeverityChoices
from moderation.plain_select import PlainSelect
from moderation.rules.config import text_rules

Choices = list[tuple[str, Any]]

RANKS = {
    "attente": QueueEntry.Rank.PENDING,
    "signales": QueueEntry.Rank.FLAGGED,
}
STATUSES = {
    "tous": "",
    "publies": Comment.Status.PUBLISHED.value,
    "masques": Comment.Status.HIDDEN.value,
}
"""What looks through every comment, and the one state it looks for."""
IN_TABS = {"", "attente", "signales", "tous"}
LIKELY_HIDDEN = "probable"
BY_READERS = LATE = "oui"
NOT_FOLDED = {"q", "groupe"}
LANGUAGES: Choices = list(Language.choices)
ME = "moi"
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PlainChoice(forms.ChoiceField):
    widget = PlainSelect


class QueueFilterForm(forms.Form):
    """The queue's filters as its address holds them; what is not understood is ignored.

    Offers only values that the queue holds, and those that are chosen already; all that
    are known where every comment is looked through; an order only if there is another
    than the usual one.
    """

    default_renderer = Jinja2()  # one: each has an engine of its own

    q = forms.CharField(
        label=gettext_lazy("Chercher dans les textes"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": gettext_lazy("Chercher dans les textes"),
            }
        ),
    )
    ordre = PlainChoice(
        label=gettext_lazy("Ordre"),
        required=False,
        choices=[
            ("", gettext_lazy("Plus longue attente d’abord")),
            (LIKELY_HIDDEN, gettext_lazy("Probablement à masquer d’abord")),
        ],
    )
    etat = PlainChoice(
        label=gettext_lazy("État"),
        required=False,
        choices=[
            ("", gettext_lazy("tout ce qui attend")),
            ("attente", gettext_lazy("en attente")),
            ("signales", gettext_lazy("parus et signalés")),
            ("publies", gettext_lazy("parus")),
            ("masques", gettext_lazy("masqués")),
            ("tous", gettext_lazy("tous les commentaires")),
        ],
    )
    lecteurs = PlainChoice(
        label=gettext_lazy("Lecteurs"),
        required=False,
        choices=[
            ("", gettext_lazy("signalés ou non")),
            (BY_READERS, gettext_lazy("signalés par des lecteurs")),
        ],
    )
    retard = PlainChoice(
        label=gettext_lazy("Retard"),
        required=False,
        choices=[
            ("", gettext_lazy("en retard ou non")),
            (LATE, gettext_lazy("signalements et menaces en retard")),
        ],
    )
    article = PlainChoice(label=gettext_lazy("Article"), required=False)
    rubrique = PlainChoice(label=gettext_lazy("Rubrique"), required=False)
    categorie = PlainChoice(label=gettext_lazy("Catégorie"), required=False)
    regle = PlainChoice(label=gettext_lazy("Règle"), required=False)
    gravite = PlainChoice(label=gettext_lazy("Gravité"), required=False)
    langue = PlainChoice(label=gettext_lazy("Langue"), required=False)
    auteur = forms.CharField(
        label=gettext_lazy("Auteur"), required=False, max_length=100
    )
    nouveaux = forms.IntegerField(
        label=gettext_lazy("Auteur : moins de n parus"),
        required=False,
        min_value=1,
        max_value=100,
    )
    depuis = forms.DateTimeField(
        label=gettext_lazy("Reçus depuis"), required=False, widget=MOMENT
    )
    avant = forms.DateTimeField(
        label=gettext_lazy("Reçus jusqu’à"), required=False, widget=MOMENT
    )
    par = PlainChoice(label=gettext_lazy("Décidés par"), required=False)
    lien = forms.BooleanField(
        label=gettext_lazy("Avec une adresse web"), required=False
    )
    groupe = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        validators=[RegexValidator(GROUP_KEY, gettext_lazy("Ce groupe n’existe pas."))],
    )

    def __init__(
        self, data: QueryDict, facets: Facets, *, user: User, ranked: bool
    ) -> None:
        super().__init__(data, label_suffix="")
        self.user = user
        if not ranked:
            del self.fields["ordre"]
        everything = data.get("etat", "") in STATUSES
        if everything:
            del self.fields["nouveaux"]  # known of what waits only
        marks = facets.marks
        self._offer("article", _("tous"), self._articles(facets))
        self._offer("rubrique", _("toutes"), self._sections(facets))
        self._offer(
            "categorie",
            _("toutes"),
            self._counted("categorie", CategoryChoices.choices, marks.categories)
            if not everything
            else CategoryChoices.choices,
        )
        self._offer("regle", _("toutes"), self._rules(facets, everything=everything))
        self._offer(
            "gravite",
            _("toutes"),
            self._counted("gravite", SeverityChoices.choices, marks.severities)
            if not everything
            else SeverityChoices.choices,
        )
        self._offer(
            "langue",
            _("toutes"),
            self._counted("langue", LANGUAGES, facets.languages)
            if not everything
            else LANGUAGES,
        )
        self._offer("par", _("n’importe qui"), self._moderators(facets))

    def filters(self) -> QueueFilters:
        """What was asked, without the fields that hold errors."""
        self.is_valid()
        asked = self.cleaned_data
        state = asked.get("etat", "")
        by = asked.get("par", "")
        return QueueFilters(
            article=_key(asked.get("article")),
            category=asked.get("categorie", ""),
            rule=asked.get("regle", ""),
            severity=asked.get("gravite", ""),
            rank=RANKS.get(state),
            author=asked.get("auteur", ""),
            reported=asked.get("lecteurs") == BY_READERS,
            late=asked.get("retard") == LATE,
            section=_key(asked.get("rubrique")),
            since=asked.get("depuis"),
            until=asked.get("avant"),
            link=asked.get("lien", False),
            newcomers=asked.get("nouveaux"),
            decided_by=self.user.pk if by == ME else _key(by),
            words=asked.get("q", ""),
            language=asked.get("langue", ""),
            group=asked.get("groupe", ""),
            everywhere=state in STATUSES,
            status=STATUSES.get(state, ""),
        )

    @property
    def in_use(self) -> list[str]:
        """The names of the filters in use: no order, and nothing that has a tab."""
        state = self.cleaned_data.get("etat", "")
        tab = {"etat"} if state else {"lecteurs"}
        unused = {"ordre", *(tab if state in IN_TABS else ())}
        return [
            n for n, value in self.cleaned_data.items() if value and n not in unused
        ]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The (name, value) pairs that ask for the same again, errors included."""
        return [(name, self.data[name]) for name in self.fields if self.data.get(name)]

    @property
    def folded(self) -> list[forms.BoundField]:
        """All fields but the search, which is always in sight, and the group, which
        its cards lead to."""
        return [field for field in self if field.name not in NOT_FOLDED]

    @property
    def folded_errors(self) -> ErrorDict | bool:
        return any(name not in NOT_FOLDED for name in self.errors)

    @property
    def likely_hidden_first(self) -> bool:
        return self.cleaned_data.get("ordre") == LIKELY_HIDDEN

    def _offer(self, name: str, none: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", none), *choices]

    def _counted(self, name: str, known: Choices, counts: Counter[str]) -> Choices:
        wanted = self.data.get(name, "")
        return [
            (value, f"{label} ({counts[value]})" if counts[value] else label)
            for value, label in known
            if counts[value] or value == wanted
        ]

    def _articles(self, facets: Facets) -> Choices:
        offered = [
            (str(a.article), f"{a.title} ({a.waiting})") for a in facets.articles
        ]
        # Its last comment may just have been decided: still a valid filter
        if wanted := self._missing("article", offered):
            gone = Article.objects.filter(pk=wanted).values_list("title", flat=True)
            offered += [(str(wanted), title) for title in gone]
        return offered

    def _sections(self, facets: Facets) -> Choices:
        offered = [(str(pk), f"{name} ({n})") for pk, name, n in facets.sections]
        if wanted := self._missing("rubrique", offered):
            gone = Section.objects.filter(pk=wanted).values_list("name", flat=True)
            offered += [(str(wanted), name) for name in gone]
        return offered

    def _moderators(self, facets: Facets) -> Choices:
        offered = [(ME, _("moi"))]
        offered += [(str(pk), name) for pk, name in facets.moderators]
        if wanted := self._missing("par", offered):
            gone = User.objects.filter(pk=wanted, decisions__isnull=False)[:1]
            offered += [
                (str(wanted), u.get_full_name() or u.get_username()) for u in gone
            ]
        return offered

    def _missing(self, name: str, offered: Choices) -> int | None:
        """The key asked for that is not ``offered``, if it could be one."""
        wanted = self.data.get(name, "")
        if wanted in dict(offered):
            return None
        return _key(wanted)

    def _rules(self, facets: Facets, *, everything: bool) -> Choices:
        counts = facets.marks.rules
        rules = {*text_rules(), *counts} if everything else set(counts)
        wanted = self.data.get("regle", "")
        if wanted and wanted not in rules and "\x00" not in wanted:
            rules |= set(
                Flag.objects.filter(rule=wanted).values_list("rule", flat=True)[:1]
            )
        return sorted(
            (
                (rule, rule_name(rule))
                if everything or not counts[rule]
                else (rule, f"{rule_name(rule)} ({counts[rule]})")
            )
            for rule in rules
        )


def _key(text: Any) -> int | None:
    """The key that ``text`` writes; none if it writes none that a database can hold."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
