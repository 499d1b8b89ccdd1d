"""What the dashboard's page shows of its figures: tiles, plots and tables, worded."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.dashboard import Dashboard
from moderation.dashboard_tables import (
    TABLES,
    delay_names,
    kinds,
    reason_name,
    step_names,
)
from moderation.figures import figure
from moderation.forms import rule_name
from moderation.plots import Bar, Series, Words, bars, columns
from moderation.tables import NOTHING, Table, change, percent, shown

REASONS_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it was before, and how much that differs; worded."""

    name: str
    number: str
    before: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """``legend`` names its series in order, if there are several."""

    title: str
    image: SafeString
    legend: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: ``name`` is its anchor and its file.

    A ``folded`` table waits below what is drawn of it.
    """

    name: str
    title: str
    intro: str
    table: Table
    tiles: list[Tile] = field(default_factory=list)
    plots: list[Plot] = field(default_factory=list)
    folded: bool = True
    wide: bool = False
    empty: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see here, as ``empty`` tells."""
        return bool(self.empty) and not (self.plots if self.folded else self.table.rows)


def _tiles(dashboard: Dashboard) -> list[Tile]:
    now, before = dashboard.course.total, dashboard.course.before
    names = kinds()
    told = [
        _tile(names[name], getattr(now, name), getattr(before, name))
        for name in (
            "received",
            "at_once",
            "held",
            "published",
            "hid",
            "undone",
            "reported",
        )
    ]
    delays, earlier = dashboard.delays
    return [
        *told,
        Tile(_("Délai médian"), shown(delays.median), shown(earlier.median)),
        Tile(
            _("Neuf décisions sur dix"),
            shown(delays.ninetieth),
            shown(earlier.ninetieth),
        ),
        Tile(_("En attente, à présent"), figure(dashboard.waiting["pending"])),
    ]


def parts(dashboard: Dashboard) -> list[Part]:
    """The page's parts, from the whole to the particular."""
    tables = {name: table(dashboard) for name, table in TABLES.items()}
    return [
        Part(
            name="bilan",
            title=_("En bref"),
            intro=_(
                "Chaque acte compte au moment où il est fait ; ce qui est annulé plus "
                "tard reste compté, et l’annulation l’est à part."
            ),
            table=tables["bilan"],
            tiles=_tiles(dashboard),
            wide=True,
        ),
        Part(
            name="evolution",
            title=tables["evolution"].caption,
            intro="",
            table=tables["evolution"],
            plots=[_received(dashboard), _decided(dashboard), _reported(dashboard)],
            wide=True,
        ),
        Part(
            name="articles",
            title=_("Articles qui s’échauffent"),
            intro=_(
                "Ceux où le nombre de commentaires contestés, retenus par les règles "
                "ou signalés par des lecteurs, a le plus augmenté."
            ),
            table=tables["articles"],
            folded=False,
            wide=True,
            empty=_("Aucun article ne s’échauffe."),
        ),
        Part(
            name="delais",
            title=_("Délais de décision"),
            intro=_("Du moment où un commentaire entre dans la file à la décision."),
            table=tables["delais"],
            plots=[_delays(dashboard)] if dashboard.delays[0].decisions else [],
            empty=_("Aucune décision sur un commentaire qui attendait."),
        ),
        Part(
            name="motifs",
            title=_("Motifs des masquages"),
            intro="",
            table=tables["motifs"],
            plots=[_reasons(dashboard)] if dashboard.reasons else [],
            empty=_("Aucun commentaire masqué."),
        ),
        Part(
            name="regles",
            title=_("Précision des règles"),
            intro=_(
                "Des commentaires reçus dans la période et relevés par une règle, la "
                "part que les modérateurs ont finalement masquée, parmi ceux dont ils "
                "ont décidé. Le trait va d’un bout à l’autre de l’intervalle où se "
                "trouve la vraie part, 95 fois sur 100."
            ),
            table=tables["regles"],
            plots=[_rules(dashboard)] if dashboard.rules else [],
            empty=_("Aucun commentaire relevé."),
        ),
        Part(
            name="moderateurs",
            title=_("Travail des modérateurs"),
            intro=_(
                "Dans l’ordre des noms, pour partager le travail : les textes difficiles "
                "prennent plus de temps, et une part masquée ne dit rien de la justesse."
            ),
            table=tables["moderateurs"],
            folded=False,
        ),
    ]


def _tile(name: str, now: int, before: int) -> Tile:
    told = change(now, before)
    return Tile(name, figure(now), figure(before), "" if told == NOTHING else told)


def _received(dashboard: Dashboard) -> Plot:
    return _columns(dashboard, "recus", _("Commentaires reçus"), ("at_once", "held"))


def _decided(dashboard: Dashboard) -> Plot:
    names = ("published", "kept", "hid", "restored", "put_back")
    return _columns(dashboard, "decides", _("Décisions des modérateurs"), names)


def _reported(dashboard: Dashboard) -> Plot:
    name = _("Signalements de lecteurs")
    return _columns(dashboard, "signales", name, ("reported",))


def _columns(dashboard: Dashboard, key: str, title: str, names: Sequence[str]) -> Plot:
    called = kinds()
    tallies = [tally for _begins, tally in dashboard.course.steps]
    series = [Series(called[n], [getattr(t, n) for t in tallies]) for n in names]
    steps = step_names(dashboard)
    sums = [sum(each) for each in zip(*(s.values for s in series), strict=True)]
    total, highest = sum(sums), max(sums)
    told = _("%(total)s en tout") % {"total": figure(total)}
    if highest:
        told = _("%(total)s en tout, au plus %(highest)s : %(step)s.") % {
            "total": figure(total),
            "highest": figure(highest),
            "step": steps[sums.index(highest)],
        }
    drawn = columns(
        Words(key, title, told), [(str(step), step.short) for step in steps], series
    )
    return Plot(title, drawn, [s.name for s in series] if len(series) > 1 else [])


def _delays(dashboard: Dashboard) -> Plot:
    counts = [count.now for count in dashboard.by_delay]
    total = sum(counts)
    title = _("Décisions selon le délai")
    rows = [
        Bar(name, f"{figure(count)} · {percent(count / total)}", count / total)
        for name, count in zip(delay_names(), counts, strict=True)
    ]
    return Plot(title, bars(_words("delais", title, rows), rows))


def _reasons(dashboard: Dashboard) -> Plot:
    drawn = dashboard.reasons[:REASONS_DRAWN]
    highest = max(1, max(reason.now for reason in drawn))
    rows = [
        Bar(reason_name(reason.reason), figure(reason.now), reason.now / highest)
        for reason in drawn
    ]
    title = _("Masqués, par motif")
    return Plot(title, bars(_words("motifs", title, rows), rows))


def _rules(dashboard: Dashboard) -> Plot:
    rows = []
    for row in dashboard.rules:
        told = ngettext("%(n)s relevé", "%(n)s relevés", row.flagged)
        told %= {"n": figure(row.flagged)}
        if row.share is not None:
            told = _("%(share)s de %(decided)s") % {
                "share": percent(row.share),
                "decided": figure(row.decided),
            }
        name = _("%(rule)s, version %(version)d") % {
            "rule": rule_name(row.rule),
            "version": row.version,
        }
        rows.append(Bar(name, told, row.share or 0, row.interval))
    title = _("Part masquée des commentaires relevés et décidés")
    return Plot(title, bars(_words("regles", title, rows), rows))


def _words(key: str, title: str, rows: Sequence[Bar]) -> Words:
    return Words(key, title, ". ".join(f"{row.name}, {row.told}" for row in rows))
