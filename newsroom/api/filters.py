"""What lists can be narrowed to. A value that is not text, or unknown where the
choices are fixed, gives 400."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from moderation.models import (
    Action,
    Appeal,
    Complaint,
    Decision,
    DecisionBatch,
    Masking,
    Sanction,
)
from moderation.sanction_list import SanctionFilters, standing_matching
from newsroom.api.sought import ME, YES


class ArticleFilter(django_filters.FilterSet):  # type: ignore[misc]
    section = django_filters.CharFilter("section__slug", label=_("rubrique"))

    class Meta:
        model = Article
        fields = ("section",)


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


class MaskingFilter(django_filters.FilterSet):  # type: ignore[misc]
    comment = django_filters.NumberFilter("comment_id", label=_("commentaire"))
    by = django_filters.ChoiceFilter(
        label=_("de qui"), choices=[(ME, _("moi"))], method="of"
    )

    class Meta:
        model = Masking
        fields = ("comment", "by")

    def of(
        self, queryset: QuerySet[Masking], name: str, value: str
    ) -> QuerySet[Masking]:
        return queryset.filter(moderator=self.request.user)


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
