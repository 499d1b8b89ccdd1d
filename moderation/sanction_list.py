"""The sanctions that hold now, of all commenters, those that end first at the top."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.listing import BadCursor, cursor_of, parse_cursor
from comments.names import name_key
from moderation.models import Sanction
from moderation.plain_select import PlainSelect

PAGE_SIZE = 30
SOON = timedelta(days=7)
SOONEST_FIRST = ("ends_at", "pk")


@dataclass(frozen=True, slots=True)
class SanctionFilters:
    """What a moderator looks for; empty values ask for nothing, others combine.

    ``soon``: those that end within SOON; ``author`` a part of a signature, compared
    without case and accents.
    """

    kind: str = ""
    soon: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class SanctionsPage:
    """Some sanctions; ``next_after`` asks for those after, empty at the end."""

    sanctions: list[Sanction]
    next_after: str


class SanctionFilterForm(forms.Form):
    """The filters as an address holds them; what is not understood is said, and ignored."""

    genre = forms.ChoiceField(
        label=_("Sanction"),
        required=False,
        choices=[("", _("toutes")), *Sanction.Kind.choices],
        widget=PlainSelect,
    )
    auteur = forms.CharField(label=_("Auteur"), required=False, max_length=100)
    bientot = forms.BooleanField(
        label=_("Qui finissent dans les sept jours"), required=False
    )

    def filters(self) -> SanctionFilters:
        self.is_valid()
        asked = self.cleaned_data
        return SanctionFilters(
            kind=asked.get("genre", ""),
            soon=asked.get("bientot", False),
            author=asked.get("auteur", ""),
        )


def standing_matching(filters: SanctionFilters) -> QuerySet[Sanction]:
    """The sanctions that hold now and that ``filters`` ask for, with all that is shown."""
    found = Sanction.objects.standing().select_related(
        "author", "moderator", "lifted_by"
    )
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.soon:
        found = found.filter(ends_at__lte=timezone.now() + SOON)
    if filters.author:
        key = name_key(filters.author)
        by_key = Q(author__name_key__contains=key)
        found = found.filter(
            by_key if key else Q(author__name__contains=filters.author)
        )
    return found.order_by(*SOONEST_FIRST)


def sanctions_page(filters: SanctionFilters, *, after: str = "") -> SanctionsPage:
    """A page after the cursor ``after``; an unknown one is the start."""
    found = standing_matching(filters)
    try:
        moment, pk = parse_cursor(after)
    except BadCursor:
        pass
    else:
        found = found.filter(_after(moment, pk), ends_at__gte=moment)
    rows = list(found[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return SanctionsPage(shown, cursor_of(last.ends_at, last.pk) if last else "")


def _after(moment: datetime, pk: int) -> Q:
    return Q(ends_at__gt=moment) | Q(ends_at=moment, pk__gt=pk)
