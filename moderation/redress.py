"""How long an author may contest a statement of reasons, and where else he may turn."""

from calendar import monthrange
from datetime import date, datetime

from django.conf import settings
from django.core.checks import Error, register
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation.statement_models import StatementOfReasons

MONTHS_MIN = 6
"""DSA, art. 20(1)."""


def last_day(statement: StatementOfReasons) -> date:
    """The last day on which ``statement`` may be contested, whole, in the site's time.

    APPEAL_MONTHS after the day its author could first read it; where that month is
    too short, its last day (Regulation (EEC) 1182/71, art. 3).
    """
    return months_after(statement.created_at)


def months_after(moment: datetime) -> date:
    """APPEAL_MONTHS after the day of ``moment``, as `last_day` counts them."""
    told = timezone.localdate(moment)
    months = told.month - 1 + settings.APPEAL_MONTHS
    year, month = told.year + months // 12, months % 12 + 1
    return date(year, month, min(told.day, monthrange(year, month)[1]))


def redress_text(statement: StatementOfReasons) -> str:
    """How the author may contest ``statement``, in the active language."""
    told = _(
        "Si cette décision vous paraît une erreur, contestez-la dans « Mes "
        "commentaires », sans frais, jusqu’au %(day)s : un modérateur relira votre "
        "commentaire et vous répondra. Sans compte, écrivez à %(address)s en donnant "
        "la référence %(reference)s."
    ) % {
        "day": date_format(last_day(statement)),
        "address": settings.CONTACT_EMAIL,
        "reference": statement.puid,
    }
    return f"{told} {further_redress()}"


def further_redress() -> str:
    """Whom else an author may ask, whatever the newspaper answers (TRUST L-15)."""
    if settings.DISPUTE_BODIES:
        return _(
            "Vous pouvez aussi demander l’avis d’un organisme certifié de règlement "
            "extrajudiciaire des litiges, dont la Commission européenne publie la "
            "liste, et, à tout moment, saisir la justice."
        )
    return _("Vous pouvez aussi, à tout moment, saisir la justice.")


@register
def check_appeal_months(**options: object) -> list[Error]:
    """An author has six months at least, whoever sets the site up."""
    if settings.APPEAL_MONTHS >= MONTHS_MIN:
        return []
    return [
        Error(
            f"NEWSROOM_APPEAL_MONTHS is {settings.APPEAL_MONTHS}: "
            f"authors have {MONTHS_MIN} months at least.",
            id="moderation.E001",
        )
    ]
