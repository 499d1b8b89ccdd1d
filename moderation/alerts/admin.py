"""Who is told of alerts, and what was mailed: for administrators, no group has these
rights."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments.admin import ReadOnly
from moderation.alerts.escalation import last_round
from moderation.alerts.models import AlertKind, DeskMail, EscalationStep
from moderation.alerts.outbox import retry
from moderation.alerts.plan import steps, usual_recipients

SILENT_AFTER = timedelta(hours=1)
"""Without a round for so long, `send_alerts` is taken for not running."""


class EscalationStepAdmin(admin.ModelAdmin):
    """Its list says what would not be told, or not to those it should be."""

    list_display = (
        "name",
        "position",
        "told",
        *(f"{kind.value}_hours" for kind in AlertKind),
    )
    list_display_links = ("name",)
    fields = (
        "name",
        "position",
        "members",
        "addresses",
        *(f"{kind.value}_hours" for kind in AlertKind),
    )
    filter_horizontal = ("members",)
    search_fields = ("name", "addresses", "members__username", "members__email")
    search_help_text = gettext_lazy("étape, compte ou adresse")

    def get_queryset(self, request: HttpRequest) -> QuerySet[EscalationStep]:
        found: QuerySet[EscalationStep] = super().get_queryset(request)
        return found.prefetch_related("members")

    @admin.display(description=gettext_lazy("prévenus"))
    def told(self, step: EscalationStep) -> str:
        members = [m.email for m in step.members.all() if m.is_active and m.email]
        return ", ".join([*members, *step.listed_addresses()]) or _("personne")

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.endswith("_hours"):
            field.help_text = _(
                "depuis l’arrivée ; 0 : à la tournée suivante ; vide : cette étape n’en "
                "est pas prévenue"
            )
        return field

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "GET":
            for level, told in _warnings():
                messages.add_message(request, level, told)
        return super().changelist_view(request, extra_context)


class DeskMailAdmin(ReadOnly, admin.ModelAdmin):
    list_per_page = 50
    list_display = (
        "created_at",
        "address",
        "subject",
        "state",
        "sent_at",
        "refused",
        "held_until",
    )
    list_filter = ("state", "refused", ("period", admin.EmptyFieldListFilter))
    search_fields = ("address", "message_id")
    search_help_text = gettext_lazy("adresse ou Message-ID")
    date_hierarchy = "created_at"
    list_select_related = ("account",)
    fields = (
        "address",
        "account",
        "subject",
        "alerts",
        "message_id",
        "created_at",
        "state",
        "sent_at",
        "refused",
        "held_until",
    )
    readonly_fields = ("subject", "alerts")
    actions = ("send_again",)

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("moderation.change_escalationstep")

    @admin.action(
        description=gettext_lazy("Renvoyer ceux dont l’adresse a été refusée"),
        permissions=["send_again"],
    )
    def send_again(self, request: HttpRequest, queryset: QuerySet[DeskMail]) -> None:
        count = retry(queryset)
        told = ngettext(
            "%(count)d courriel partira à la prochaine tournée.",
            "%(count)d courriels partiront à la prochaine tournée.",
            count,
        )
        messages.info(request, told % {"count": count})

    @admin.display(description=gettext_lazy("objet du courriel"))
    def subject(self, mail: DeskMail) -> str:
        return _("résumé") if mail.period else _("alertes")

    @admin.display(description=gettext_lazy("alertes"), empty_value="–")
    def alerts(self, mail: DeskMail) -> str:
        return "\n".join(
            f"{each.get_kind_display()}, {each.cause} {each.step_name}"
            for each in mail.escalations.all()
        )


def _warnings() -> Iterator[tuple[int, str]]:
    """(level, sentence): what an administrator should know of how alerts are told."""
    plan = steps()
    if not EscalationStep.objects.exists():
        addresses = ", ".join(r.address for r in usual_recipients())
        yield (
            messages.WARNING,
            _(
                "Aucune étape n’est réglée : ce qui est en retard est écrit à %(addresses)s."
            )
            % {"addresses": addresses},
        )
    for step in plan:
        if step.name and not step.own:
            yield (
                messages.ERROR,
                _(
                    "L’étape « %(name)s » n’atteint personne : ses alertes sont écrites à "
                    "%(addresses)s."
                )
                % {
                    "name": step.name,
                    "addresses": ", ".join(r.address for r in step.recipients),
                },
            )
    for kind in AlertKind:
        if not any(step.hours.get(kind) for step in plan):
            yield (
                messages.ERROR,
                _("Personne n’est prévenu d’un retard : %(kind)s.")
                % {"kind": kind.label},
            )
    yield from _silence()


def _silence() -> Iterator[tuple[int, str]]:
    last, now = last_round(), timezone.now()
    if last is None:
        yield (
            messages.ERROR,
            _(
                "Aucune tournée n’a jamais été faite : send_alerts doit être lancé par le "
                "planificateur de la machine."
            ),
        )
    elif now - last > SILENT_AFTER:
        yield (
            messages.ERROR,
            _(
                "La dernière tournée remonte à %(time)s : le planificateur lance-t-il encore "
                "send_alerts ?"
            )
            % {"time": timesince(last, now, depth=1)},
        )
    if given_up := DeskMail.objects.given_up().count():
        yield (
            messages.ERROR,
            ngettext(
                "%(count)d courriel a été refusé trop souvent : voyez les courriels d’alerte.",
                "%(count)d courriels ont été refusés trop souvent : voyez les courriels "
                "d’alerte.",
                given_up,
            )
            % {"count": given_up},
        )
