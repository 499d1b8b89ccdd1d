"""What lists can be narrowed to. A value that is not text, or unknown where the
choices are fixed, gives 400."""

import django_filters
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.models import Article
from moderation.filters import QueueFilters, matching
from moderation.likeness.groups import GROUP_KEY
from moderation.likeness.languages import Language
from moderation.models import (
    Action,
    Appeal,
    CategoryChoices,
    Complaint,
    Decision,
    QueueEntry,
    SeverityChoices,
)
from moderation.ranking import active_ranker, likely_hidden_first

LIKELY_HIDDEN = "likely_hidden"
ORDERS = (
    ("longest_wait", _("plus longue attente d’abord")),
    (LIKELY_HIDDEN, _("probablement à masquer d’abord")),
)
STATES = {"pending": QueueEntry.Rank.PENDING, "flagged": QueueEntry.Rank.FLAGGED}


class ArticleFilter(django_filters.FilterSet):  # type: ignore[misc]
    section = django_filters.CharFilter("section__slug", label=_("rubrique"))

    class Meta:
        model = Article
        fields = ("section",)


class QueueFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The desk's own filters: one flag must meet all that is asked of flags."""

    state = django_filters.ChoiceFilter(
        label=_("état"), choices=[(name, rank.label) for name, rank in STATES.items()]
    )
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
    reported = django_filters.ChoiceFilter(
        label=_("signalés par des lecteurs"), choices=[("true", _("oui"))]
    )
    order = django_filters.ChoiceFilter(
        label=_("ordre ; le second seulement si un classement appris est en service"),
        choices=ORDERS,
    )

    class Meta:
        model = QueueEntry
        fields = (
            "state",
            "category",
            "severity",
            "rule",
            "article",
            "language",
            "group",
            "reported",
            "order",
        )

    def filter_queryset(self, queryset: QuerySet[QueueEntry]) -> QuerySet[QueueEntry]:
        asked = self.form.cleaned_data
        if asked["article"]:
            queryset = queryset.filter(comment__article__slug=asked["article"])
        filters = QueueFilters(
            category=asked["category"],
            severity=asked["severity"],
            rule=asked["rule"],
            rank=STATES.get(asked["state"]),
            reported=bool(asked["reported"]),
            language=asked["language"],
            group=asked["group"],
        )
        queryset = matching(queryset, filters)
        if asked["order"] != LIKELY_HIDDEN:
            return queryset
        ranker = active_ranker()
        if ranker is None:
            told = gettext("Aucun classement appris n’est en service.")
            raise ValidationError({"order": [ErrorDetail(told, "invalid")]})
        return likely_hidden_first(queryset, ranker)


class DecisionFilter(django_filters.FilterSet):  # type: ignore[misc]
    comment = django_filters.NumberFilter("comment_id", label=_("commentaire"))
    action = django_filters.ChoiceFilter(label=_("action"), choices=Action.choices)
    batch = django_filters.NumberFilter("batch_id", label=_("lot"))

    class Meta:
        model = Decision
        fields = ("comment", "action", "batch")


class ComplaintFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=_("état"), choices=Complaint.State.choices
    )

    class Meta:
        model = Complaint
        fields = ("state",)


class AppealFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(label=_("état"), choices=Appeal.State.choices)

    class Meta:
        model = Appeal
        fields = ("state",)
