"""What moderators look for, in what waits and in every comment."""

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as InvalidValue
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from comments.models import Comment
from moderation.facets import may_have_decided
from moderation.figures import Bounded
from moderation.filters import QueueFilters, matching, matching_comments
from moderation.likeness.groups import GROUP_KEY
from moderation.likeness.languages import Language
from moderation.models import CategoryChoices, QueueEntry, SeverityChoices
from moderation.ranking import active_ranker, likely_hidden_first
from moderation.waiting import count_found
from newsroom.api.fields import BIGGEST

LIKELY_HIDDEN = "likely_hidden"
ORDERS = (
    ("longest_wait", _("plus longue attente d’abord")),
    (LIKELY_HIDDEN, _("probablement à masquer d’abord")),
)
STATES = {"pending": QueueEntry.Rank.PENDING, "flagged": QueueEntry.Rank.FLAGGED}
YES = [("true", _("oui"))]
ME = "me"


def is_decider(text: str) -> None:
    """Raise a validation error unless ``text`` is `me` or the key of a moderator."""
    if text != ME and not may_have_decided(_key(text)):
        raise InvalidValue(_("Ce modérateur n’existe pas."), "invalid_choice")


def decider(text: str, account: User) -> int | None:
    """Whose decisions ``text``, which `is_decider` let pass, asks for: a key, or none."""
    if text == ME:
        return account.pk
    return _key(text) if text else None


def _key(text: str) -> int:
    """The key that ``text`` writes; 0, which no row has, if it writes none."""
    known = text.isascii() and text.isdecimal() and len(text) < 19
    return int(text) if known else 0


class SoughtFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What the desk looks for, in what waits and in every comment.

    One flag must meet all that is asked of flags.
    """

    words = django_filters.CharFilter(label=_("mots du texte"), max_length=200)
    category = django_filters.ChoiceFilter(
        label=_("catégorie"), choices=CategoryChoices.choices
    )
    severity = django_filters.ChoiceFilter(
        label=_("gravité"), choices=SeverityChoices.choices
    )
    rule = django_filters.CharFilter(label=_("règle"))
    article = django_filters.CharFilter(label=_("article"))
    language = django_filters.ChoiceFilter(label=_("langue"), choices=Language.choices)
    group = django_filters.CharFilter(
        label=_("groupe, lu dans `alike` ou `burst`"),
        validators=[RegexValidator(GROUP_KEY, _("Ce groupe n’existe pas."))],
    )
    section = django_filters.CharFilter(label=_("rubrique"))
    author = django_filters.CharFilter(
        label=_("partie de la signature de l’auteur"), max_length=100
    )
    since = django_filters.IsoDateTimeFilter(label=_("reçus depuis, compris"))
    until = django_filters.IsoDateTimeFilter(label=_("reçus jusqu’à, compris"))
    link = django_filters.ChoiceFilter(label=_("avec une adresse web"), choices=YES)
    reported = django_filters.ChoiceFilter(
        label=_("signalés par des lecteurs"), choices=YES
    )
    late = django_filters.ChoiceFilter(
        label=_("signalements et menaces en retard"), choices=YES
    )
    decided_by = django_filters.CharFilter(
        label=_("déjà décidés par vous (`me`) ou par le modérateur de cette clé"),
        validators=[is_decider],
    )

    class Meta:
        model = QueueEntry
        fields: tuple[str, ...] = (
            "words",
            "category",
            "severity",
            "rule",
            "article",
            "section",
            "author",
            "since",
            "until",
            "link",
            "language",
            "group",
            "reported",
            "late",
            "decided_by",
        )

    def sought(self, **more: Any) -> QueueFilters:
        """As the desk's services take it; ``more`` is asked too."""
        asked = self.form.cleaned_data
        return QueueFilters(
            category=asked["category"],
            severity=asked["severity"],
            rule=asked["rule"],
            author=asked["author"],
            since=asked["since"],
            until=asked["until"],
            link=bool(asked["link"]),
            language=asked["language"],
            group=asked["group"],
            reported=bool(asked["reported"]),
            late=bool(asked["late"]),
            decided_by=decider(asked["decided_by"], self.request.user),
            words=asked["words"],
            **more,
        )

    def placed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Of the article and section asked for, known here by their addresses."""
        asked = self.form.cleaned_data
        if asked["article"]:
            queryset = queryset.filter(article__slug=asked["article"])
        if asked["section"]:
            queryset = queryset.filter(article__section__slug=asked["section"])
        return queryset


class WaitingFilter(SoughtFilter):
    """The desk's own filters of what waits."""

    state = django_filters.ChoiceFilter(
        label=_("état"), choices=[(name, rank.label) for name, rank in STATES.items()]
    )
    newcomers = django_filters.NumberFilter(
        label=_("auteurs de moins de n commentaires parus"),
        min_value=1,
        max_value=100,
        decimal_places=0,
    )

    class Meta(SoughtFilter.Meta):
        fields: tuple[str, ...] = ("state", *SoughtFilter.Meta.fields, "newcomers")

    def meant(self) -> QueueFilters:
        asked = self.form.cleaned_data
        newcomers = asked["newcomers"]
        return self.sought(
            rank=STATES.get(asked["state"]),
            newcomers=None if newcomers is None else int(newcomers),
        )

    def filter_queryset(self, queryset: QuerySet[QueueEntry]) -> QuerySet[QueueEntry]:
        return matching(self.placed(queryset), self.meant())


class NewerFilter(WaitingFilter):
    """The same, and what the caller knows already."""

    newer_than = django_filters.NumberFilter(
        label=_("`newest` de la réponse d’avant"),
        min_value=0,
        max_value=BIGGEST,
        decimal_places=0,
    )

    class Meta(WaitingFilter.Meta):
        fields = (*WaitingFilter.Meta.fields, "newer_than")

    def count_new(self) -> Bounded:
        """How many comments that meet the filters came since; none of the first time."""
        known = int(self.form.cleaned_data["newer_than"] or 0)
        if not known:
            return Bounded(0)
        return count_found(self.qs.order_by(), self.meant(), newer_than=known)


class QueueFilter(WaitingFilter):
    """The same, and an order."""

    order = django_filters.ChoiceFilter(
        label=_("ordre ; le second seulement si un classement appris est en service"),
        choices=ORDERS,
    )

    class Meta(WaitingFilter.Meta):
        fields = (*WaitingFilter.Meta.fields, "order")

    def filter_queryset(self, queryset: QuerySet[QueueEntry]) -> QuerySet[QueueEntry]:
        queryset = super().filter_queryset(queryset)
        if self.form.cleaned_data["order"] != LIKELY_HIDDEN:
            return queryset
        ranker = active_ranker()
        if ranker is None:
            told = gettext("Aucun classement appris n’est en service.")
            raise ValidationError({"order": [ErrorDetail(told, "invalid")]})
        return likely_hidden_first(queryset, ranker)


class CommentFilter(SoughtFilter):
    """The same in every comment, waiting or not."""

    status = django_filters.ChoiceFilter(
        label=_("état"),
        choices=[c for c in Comment.Status.choices if c[0] != Comment.Status.DELETED],
    )
    author_id = django_filters.NumberFilter(
        "author", label=_("clé de l’auteur"), max_value=BIGGEST, decimal_places=0
    )

    class Meta(SoughtFilter.Meta):
        model = Comment  # type: ignore[assignment]
        fields = ("status", *SoughtFilter.Meta.fields, "author_id")

    def filter_queryset(self, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        asked = self.form.cleaned_data
        if asked["author_id"] is not None:
            queryset = queryset.filter(author=int(asked["author_id"]))
        filters = self.sought(everywhere=True, status=asked["status"])
        return matching_comments(self.placed(queryset), filters)
