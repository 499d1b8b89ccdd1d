"""Rankers in the back office: what each is worth stands beside the switch."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models import Ranker
from moderation.ranker.model import UnreadableRanker
from moderation.ranking import activate, deactivate, model_of


class RankerForm(ModelForm):
    class Meta:
        model = Ranker
        fields = ("active",)

    def clean_active(self) -> bool:
        active: bool = self.cleaned_data["active"]
        if active:
            try:
                model_of(self.instance)
            except UnreadableRanker as error:
                raise ValidationError(
                    _("Ses poids sont illisibles : apprenez un nouveau classement.")
                ) from error
        return active


class RankerAdmin(admin.ModelAdmin):
    form = RankerForm
    list_display = ("__str__", "active", "worth", "decisions", "auc_shown")
    list_filter = ("active", "trained_at")
    search_fields = ("digest",)
    search_help_text = gettext_lazy("empreinte des poids")
    ordering = ("-trained_at", "-pk")
    readonly_fields = (
        "worth",
        "advice",
        "measures",
        "trained_at",
        "decisions",
        "share_shown",
        "tested",
        "digest",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ranker]:
        rankers: QuerySet[Ranker] = super().get_queryset(request)
        return rankers.defer("weights")

    def get_fieldsets(self, request: HttpRequest, obj: Ranker | None = None) -> Any:
        told = ("worth", "advice") if obj is not None and obj.advice else ("worth",)
        return (
            (None, {"fields": (*told, "active")}),
            (_("Mesures"), {"fields": ("tested", "measures")}),
            (
                _("Appris de"),
                {"fields": ("trained_at", "decisions", "share_shown", "digest")},
            ),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # `manage.py train_ranker` makes them

    def has_delete_permission(
        self, request: HttpRequest, obj: Ranker | None = None
    ) -> bool:
        if obj is not None and obj.active:
            return False
        return super().has_delete_permission(request, obj)

    def save_model(
        self, request: HttpRequest, obj: Ranker, form: ModelForm, change: bool
    ) -> None:
        if "active" not in form.changed_data:
            return
        if not obj.active:
            deactivate(obj)
            return
        activate(obj)
        self.message_user(
            request,
            _(
                "Les commentaires qui arrivent sont classés dès maintenant. Ceux qui "
                "attendent déjà le seront par « manage.py rank_queue »."
            ),
            messages.INFO,
        )

    @admin.display(description=gettext_lazy("ce qu’il vaut"))
    def worth(self, ranker: Ranker) -> str:
        return ranker.worth

    @admin.display(description=gettext_lazy("attention"))
    def advice(self, ranker: Ranker) -> SafeString:
        return format_html("<strong>{}</strong>", ranker.advice)

    @admin.display(description=gettext_lazy("AUC"), ordering="auc")
    def auc_shown(self, ranker: Ranker) -> str:
        return number_format(ranker.auc, 2)

    @admin.display(description=gettext_lazy("part masquée"))
    def share_shown(self, ranker: Ranker) -> str:
        return number_format(ranker.share_hidden, 2)

    @admin.display(description=gettext_lazy("mesures"))
    def measures(self, ranker: Ranker) -> SafeString:
        rows = (
            (
                _("ordre appris"),
                (ranker.auc, ranker.average_precision, ranker.top_precision),
            ),
            (
                _("nombre et gravité des relevés"),
                (
                    ranker.flags_auc,
                    ranker.flags_average_precision,
                    ranker.flags_top_precision,
                ),
            ),
            (_("au hasard"), (0.5, ranker.base_rate, ranker.base_rate)),
        )
        return format_html(
            "<table><thead><tr><th scope=col>{}</th><th scope=col>{}</th><th scope=col>{}"
            "</th><th scope=col>{}</th></tr></thead><tbody>{}</tbody></table>"
            '<div class="help">{}</div>',
            _("ordre"),
            _("AUC"),
            _("précision moyenne"),
            _("part masquée en tête"),
            format_html_join(
                "",
                "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                (
                    (name, *(number_format(figure, 2) for figure in figures))
                    for name, figures in rows
                ),
            ),
            _(
                "AUC : la part des paires, un commentaire masqué et un publié, rangées "
                "dans le bon sens ; 0,50 est le hasard, 1 le sans-faute. Précision "
                "moyenne : la part masquée du haut de la file jusqu’à chaque commentaire "
                "masqué, en moyenne. En tête : parmi les premiers 10 %."
            ),
        )
