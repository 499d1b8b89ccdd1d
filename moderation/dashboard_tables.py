"""The dashboard's figures as tables, one for each of its parts and files."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from moderation.batch_text import name_of
from moderation.dashboard import Dashboard
from moderation.forms import rule_name
from moderation.reasons import ReasonCode
from moderation.tables import Cell, Column, Step, Table, change
from moderation.tables import delay as delay_shown
from moderation.tallies import DELAYS
from moderation.workload import Work


def step_names(dashboard: Dashboard) -> list[Step]:
    hourly = dashboard.period.step == "hour"
    return [Step(begins, hourly) for begins, _tally in dashboard.course.steps]


def kinds() -> dict[str, str]:
    """{field of Tally: what it is called}."""
    return {
        "received": _("Reçus"),
        "at_once": _("Parus aussitôt"),
        "held": _("Retenus"),
        "published": _("Publiés après attente"),
        "kept": _("Gardés"),
        "restored": _("Rétablis"),
        "hid": _("Masqués"),
        "put_back": _("Remis en attente"),
        "undone": _("Décisions annulées"),
        "reported": _("Signalements de lecteurs"),
    }


def delay_names() -> list[str]:
    """What the classes of `decisions_by_delay` are called."""
    limits = [delay_shown(limit) for limit in DELAYS]
    first = _("%(limit)s au plus") % {"limit": limits[0]}
    between = [
        _("de %(low)s à %(high)s") % {"low": low, "high": high}
        for low, high in pairwise(limits)
    ]
    return [first, *between, _("plus de %(limit)s") % {"limit": limits[-1]}]


def summary(dashboard: Dashboard) -> Table:
    now, before = dashboard.course.total, dashboard.course.before
    rows: list[list[Cell]] = [
        [name, *compared(getattr(now, field), getattr(before, field))]
        for field, name in kinds().items()
    ]
    delays, earlier = dashboard.delays
    for name, took, took_before in (
        (_("Délai médian"), delays.median, earlier.median),
        (_("Délai de neuf décisions sur dix"), delays.ninetieth, earlier.ninetieth),
    ):
        rows.append([name, *compared_delays(took, took_before)])
    rows += [
        [_("En attente, à présent"), dashboard.waiting["pending"], None, ""],
        [_("Parus et à revoir, à présent"), dashboard.waiting["flagged"], None, ""],
    ]
    return Table(
        _("Cette période et celle d’avant"),
        [
            Column(_("Quoi")),
            Column(_("Période"), _("Période (nombre, ou secondes pour un délai)")),
            Column(_("Avant"), _("Avant (nombre, ou secondes pour un délai)")),
            Column(_("Écart"), in_file=False),
        ],
        rows,
    )


def compared(now: int, before: int) -> list[Cell]:
    return [now, before, change(now, before)]


def compared_delays(now: timedelta | None, before: timedelta | None) -> list[Cell]:
    if now is None or before is None:
        return [now, before, None]
    return [
        now,
        before,
        change(round(now.total_seconds()), round(before.total_seconds())),
    ]


def evolution(dashboard: Dashboard) -> Table:
    names = kinds()
    hourly = dashboard.period.step == "hour"
    return Table(
        _("Heure par heure") if hourly else _("Jour par jour"),
        [
            Column(_("Heure") if hourly else _("Jour")),
            *(Column(name) for name in names.values()),
        ],
        [
            [step, *(getattr(tally, field) for field in names)]
            for step, (_begins, tally) in zip(
                step_names(dashboard), dashboard.course.steps, strict=True
            )
        ],
    )


def delays(dashboard: Dashboard) -> Table:
    return Table(
        _("Décisions selon le délai"),
        [Column(_("Délai")), Column(_("Décisions")), Column(_("Avant"))],
        [
            [name, count.now, count.before]
            for name, count in zip(delay_names(), dashboard.by_delay, strict=True)
        ],
    )


def reasons(dashboard: Dashboard) -> Table:
    return Table(
        _("Motifs des masquages"),
        [
            Column(_("Motif du masquage")),
            Column(_("Masqués")),
            Column(_("Avant")),
            Column(_("Annulés depuis")),
        ],
        [
            [reason_name(count.reason), count.now, count.before, count.undone]
            for count in dashboard.reasons
        ],
    )


def reason_name(reason: str) -> str:
    """What moderators call it; its code if it is a former one."""
    known = {str(value): str(label) for value, label in ReasonCode.choices}
    return known.get(reason, reason)


def rules(dashboard: Dashboard) -> Table:
    return Table(
        _("Précision des règles"),
        [
            Column(_("Règle")),
            Column(_("Version")),
            Column(_("Relevés"), _("Commentaires relevés")),
            Column(_("Décidés")),
            Column(_("Masqués")),
            Column(_("Précision")),
            Column(_("au moins"), _("Précision, au moins (95 %)")),
            Column(_("au plus"), _("Précision, au plus (95 %)")),
        ],
        [
            [
                rule_name(row.rule),
                row.version,
                row.flagged,
                row.decided,
                row.hidden,
                row.share,
                *(row.interval or (None, None)),
            ]
            for row in dashboard.rules
        ],
    )


def articles(dashboard: Dashboard) -> Table:
    return Table(
        _("Articles qui s’échauffent"),
        [
            Column(_("Article")),
            Column(_("Contestés")),
            Column(_("Avant"), _("Contestés, avant")),
            Column(_("Reçus")),
            Column(_("Avant"), _("Reçus, avant")),
            Column(_("En attente"), _("En attente, à présent")),
        ],
        [
            [
                heat.title,
                heat.contested,
                heat.contested_before,
                heat.received,
                heat.received_before,
                heat.waiting,
            ]
            for heat in dashboard.articles
        ],
    )


def moderators(dashboard: Dashboard) -> Table:
    people = dashboard.workload.people or [Work(name_of(dashboard.reader))]
    return Table(
        _("Travail des modérateurs"),
        [
            Column(_("Modérateur")),
            Column(_("Publiés ou gardés")),
            Column(_("Masqués")),
            Column(_("Remis en attente")),
            Column(_("Décisions annulées")),
            Column(_("Part masquée")),
        ],
        [
            [
                work.name or _("Tous"),
                work.published,
                work.hid,
                work.put_back,
                work.undone,
                work.share_hidden,
            ]
            for work in (*people, dashboard.workload.total)
        ],
    )


TABLES: Mapping[str, Callable[[Dashboard], Table]] = {
    "bilan": summary,
    "evolution": evolution,
    "delais": delays,
    "motifs": reasons,
    "regles": rules,
    "articles": articles,
    "moderateurs": moderators,
}
"""{name of a file, without « .csv »: its table}."""
