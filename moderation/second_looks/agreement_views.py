"""How far moderators agree: the page of second looks' figures, and its files."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moderation.answers import ModeratorRequest, page_context
from moderation.second_looks.agreement import (
    PERIODS,
    USUAL,
    Agreement,
    named_period,
)
from moderation.second_looks.kappa import ENOUGH
from moderation.second_looks.tables import TABLES
from moderation.tables import Table
from moderation.views import can_see
from moderation.workload import sees_everyone


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the page; ``name`` is its anchor and its file."""

    name: str
    intro: str
    table: Table


@require_safe
@can_see
def agreement(request: ModeratorRequest) -> HttpResponse:
    name, found = _asked(request)
    intros = _intros(everyone=sees_everyone(request.user))
    context = {
        "periods": [
            {
                "url": f"{reverse('moderation:agreement')}?periode={key}",
                "name": label,
                "current": key == name,
            }
            for key, label in PERIODS.items()
        ],
        "period": found.period,
        "parts": [
            Part(key, intros[key], table(found)) for key, table in TABLES.items()
        ],
        "query": f"?periode={name}",
        **page_context(request),
    }
    return render(request, "moderation/agreement.html", context)


@require_safe
@can_see
def table(request: ModeratorRequest, name: str) -> HttpResponse:
    """One of TABLES as a file, for the period in the address."""
    if name not in TABLES:
        raise Http404
    _name, found = _asked(request)
    first, last = localtime(found.period.start), localtime(found.period.last)
    file = f"second-regard-{name}-{first:%Y-%m-%d}-{last:%Y-%m-%d}.csv"
    return HttpResponse(
        TABLES[name](found).as_csv(),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _asked(request: ModeratorRequest) -> tuple[str, Agreement]:
    """The period in the address, and its figures. Raises Http404 for an unknown one."""
    name = request.GET.get("periode") or USUAL
    if name not in PERIODS:
        raise Http404
    period = named_period(name, now=timezone.now())
    return name, Agreement(period, reader=request.user)


def _intros(*, everyone: bool) -> dict[str, str]:
    """What each table tells, in words."""
    by_name = _(
        "Combien de fois un autre a jugé comme cette personne avait décidé. Dans l’ordre "
        "des noms : un désaccord ne dit pas qui a raison. Sous %(enough)d relectures, "
        "les nombres ne diraient que le hasard."
    ) % {"enough": ENOUGH}
    own = _("Vous lisez vos propres nombres.")
    return {
        "motifs": _(
            "Chaque jugement contre tous les autres. Le kappa de Cohen est l’accord, moins "
            "ce que le hasard en donnerait : 1 pour des jugements toujours pareils, 0 "
            "pour le hasard seul. Rien, là où l’un des deux a toujours dit la même chose."
        ),
        "moderateurs": by_name if everyone else f"{by_name} {own}",
        "regles": _(
            "Des textes qu’une règle avait relevés et qui ont été relus, la part que le "
            "second regard masquerait."
        ),
        "termes": _(
            "La même part, par terme du lexique ou motif de la rédaction : les plus souvent "
            "relus."
        ),
        "controle": _(
            "Des commentaires parus sans relevé, tirés au hasard une semaine après leur "
            "arrivée et jugés sans rien savoir d’eux : la part à masquer, et ce que les "
            "règles relèvent de tout ce qui est à masquer."
        ),
    }
