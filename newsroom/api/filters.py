"""What lists can be narrowed to. A value that is not text, or unknown where the
choices are fixed, gives 400."""

from typing import Any

import django_filters
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from articles.models import Article
from comments.models import Comment
from moderation.filters import QueueFilters, matching, matching_comments
from moderation.likeness.groups import GROUP_KEY
from moderation.likeness.languages import Language
from moderation.models import (
    Action,
    Appeal,
    CategoryChoices,
    Complaint,
    Decision,
    DecisionBatch,
    QueueEntry,
    Sanction,
    SeverityChoices,
)
from moderation.ranking import active_ranker, likely_hidden_first
from moderation.sanction_list import SanctionFilters, standing_matching
from newsroom.api.fields import BIGGEST

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


YES = [("true", _("oui"))]
ME = "me"


class SoughtFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What the desk looks for, in what waits and in every comment.

    One flag must meet all that is asked of flags.
    """

    words = django_filters.CharFilter(label=_("mots du texte"))
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
    decided_by = django_filters.ChoiceFilter(
        label=_("que vous avez déjà décidés"), choices=[(ME, _("moi"))]
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
            "decided_by",
        )

    def sought(self, **more: Any) -> QueueFilters:
        """As the desk's services take it; ``more`` is asked too."""
        asked = self.form.cleaned_data
        account = self.request.user
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
            decided_by=account.pk if asked["decided_by"] == ME else None,
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


class QueueFilter(SoughtFilter):
    """The desk's own filters of the queue."""

    state = django_filters.ChoiceFilter(
        label=_("état"), choices=[(name, rank.label) for name, rank in STATES.items()]
    )
    newcomers = django_filters.NumberFilter(
        label=_("auteurs de moins de n commentaires parus"),
        min_value=1,
        max_value=100,
        decimal_places=0,
    )
    order = django_filters.ChoiceFilter(
        label=_("ordre ; le second seulement si un classement appris est en service"),
        choices=ORDERS,
    )

    class Meta(SoughtFilter.Meta):
        fields = ("state", *SoughtFilter.Meta.fields, "newcomers", "order")

    def filter_queryset(self, queryset: QuerySet[QueueEntry]) -> QuerySet[QueueEntry]:
        asked = self.form.cleaned_data
        newcomers = asked["newcomers"]
        filters = self.sought(
            rank=STATES.get(asked["state"]),
            newcomers=None if newcomers is None else int(newcomers),
        )
        queryset = matching(self.placed(queryset), filters)
        if asked["order"] != LIKELY_HIDDEN:
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


class BatchFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        label=_("état"), choices=DecisionBatch.State.choices
    )

    class Meta:
        model = DecisionBatch
        fields = ("state",)


class SanctionFilter(django_filters.FilterSet):  # type: ignore[misc]
    kind = django_filters.ChoiceFilter(
        label=_("sanction"), choices=Sanction.Kind.choices
    )
    author = django_filters.CharFilter(
        label=_("partie de la signature de l’auteur"), max_length=100
    )
    soon = django_filters.ChoiceFilter(
        label=_("qui finissent dans les sept jours"), choices=YES
    )

    class Meta:
        model = Sanction
        fields = ("kind", "author", "soon")

    def filter_queryset(self, queryset: QuerySet[Sanction]) -> QuerySet[Sanction]:
        asked = self.form.cleaned_data
        return standing_matching(
            SanctionFilters(
                kind=asked["kind"], author=asked["author"], soon=bool(asked["soon"])
            )
        )


class DecisionFilter(django_filters.FilterSet):  # type: ignore[misc]
    comment = django_filters.NumberFilter("comment_id", label=_("commentaire"))
    action = django_filters.ChoiceFilter(label=_("action"), choices=Action.choices)
    batch = django_filters.NumberFilter("batch_id", label=_("lot"))
    by = django_filters.ChoiceFilter(
        label=_("de qui"),
        choices=[
            (ME, _("moi")),
            ("moderators", _("des modérateurs")),
            ("rules", _("des règles")),
        ],
        method="of",
    )

    class Meta:
        model = Decision
        fields = ("comment", "action", "batch", "by")

    def of(
        self, queryset: QuerySet[Decision], name: str, value: str
    ) -> QuerySet[Decision]:
        if value == ME:
            return queryset.filter(moderator=self.request.user)
        return queryset.filter(moderator__isnull=value == "rules")


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
