"""The figures of second looks as tables, one for each part of the page and file."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from moderation.dashboard_tables import reason_name
from moderation.forms import rule_name
from moderation.second_looks.agreement import Agreement, Upheld
from moderation.second_looks.kappa import Crossed
from moderation.tables import Cell, Coefficient, Column, Table


def reasons(agreement: Agreement) -> Table:
    """Whether to hide, then each reason against all the rest."""
    rows = [(_("Masquer, quel que soit le motif"), agreement.overall)]
    rows += [(reason_name(code), crossed) for code, crossed in agreement.by_reason]
    return Table(
        _("Accord sur la décision et sur chaque motif"),
        [
            Column(_("Jugement")),
            Column(_("D’abord")),
            Column(_("Ensuite")),
            Column(_("Les deux")),
            Column(_("Relus"), _("Commentaires relus")),
            Column(_("Accord"), _("Part d’accord")),
            *_kappa_columns(),
        ],
        [
            [
                name,
                crossed.first,
                crossed.second,
                crossed.both,
                crossed.count,
                crossed.share,
                *_kappa(crossed),
            ]
            for name, crossed in rows
        ],
    )


def colleagues(agreement: Agreement) -> Table:
    return Table(
        _("Accord avec les décisions de chacun"),
        [
            Column(_("Modérateur")),
            Column(_("Relus"), _("Commentaires relus")),
            Column(_("Accord"), _("Part d’accord")),
            Column(_("au moins"), _("Part d’accord, au moins (95 %)")),
            Column(_("au plus"), _("Part d’accord, au plus (95 %)")),
            *_kappa_columns(),
        ],
        [
            [person.name, person.crossed.count, *_figures_of(person.crossed)]
            for person in agreement.colleagues
        ],
    )


def rules(agreement: Agreement) -> Table:
    return Table(
        _("Second regard et règles"),
        [Column(_("Règle")), Column(_("Version")), *_upheld_columns()],
        [[rule_name(r.rule), r.version, *_upheld(r)] for r in agreement.rules],
    )


def terms(agreement: Agreement) -> Table:
    return Table(
        _("Second regard et termes"),
        [
            Column(_("Terme")),
            Column(_("Règle")),
            Column(_("Version")),
            *_upheld_columns(),
        ],
        [[r.term, rule_name(r.rule), r.version, *_upheld(r)] for r in agreement.terms],
    )


def audit(agreement: Agreement) -> Table:
    found = agreement.audit
    rows: list[list[Cell]] = [
        [_("Parus sans relevé"), found.unflagged, None, None],
        [_("Tirés au hasard parmi eux"), found.drawn, None, None],
        [_("Jugés"), found.judged, None, None],
        [_("À masquer, selon le second regard"), found.would_hide, None, None],
        [_("Part à masquer"), found.share, *_bounds(found.interval)],
        [_("Relevés et masqués"), found.flagged_hidden, None, None],
        [_("Masqués sans relevé"), found.missed_hidden, None, None],
        [
            _("Part relevée de ce qui est à masquer"),
            found.recall,
            *_bounds(found.recall_interval),
        ],
    ]
    return Table(
        _("Ce que les règles laissent passer"),
        [
            Column(_("Quoi")),
            Column(_("Nombre ou part")),
            Column(_("au moins"), _("au moins (95 %)")),
            Column(_("au plus"), _("au plus (95 %)")),
        ],
        rows,
    )


TABLES: Mapping[str, Callable[[Agreement], Table]] = {
    "motifs": reasons,
    "moderateurs": colleagues,
    "regles": rules,
    "termes": terms,
    "controle": audit,
}
"""{name of a file, without « .csv »: its table}."""


def _kappa_columns() -> list[Column]:
    return [
        Column(_("Kappa")),
        Column(_("au moins"), _("Kappa, au moins (95 %)")),
        Column(_("au plus"), _("Kappa, au plus (95 %)")),
    ]


def _kappa(crossed: Crossed) -> list[Cell]:
    """Kappa and its interval, or that there are too few looks for one."""
    if not crossed.enough:
        return [_("trop peu"), None, None]
    kappa = crossed.kappa
    bounds = crossed.kappa_interval or (None, None)
    return [_coefficient(value) for value in (kappa, *bounds)]


def _coefficient(value: float | None) -> Coefficient | None:
    return None if value is None else Coefficient(value)


def _figures_of(crossed: Crossed) -> list[Cell]:
    """A person's figures, or that there are too few looks to tell any."""
    if not crossed.enough:
        return [_("trop peu"), None, None, None, None, None]
    return [crossed.share, *_bounds(crossed.interval), *_kappa(crossed)]


def _bounds(interval: Iterable[float] | None) -> list[Cell]:
    return list(interval) if interval else [None, None]


def _upheld_columns() -> list[Column]:
    return [
        Column(_("Relus"), _("Commentaires relus")),
        Column(_("Masqués d’abord")),
        Column(_("À masquer ensuite")),
        Column(_("Part"), _("Part à masquer ensuite")),
        Column(_("au moins"), _("Part, au moins (95 %)")),
        Column(_("au plus"), _("Part, au plus (95 %)")),
    ]


def _upheld(row: Upheld) -> list[Cell]:
    return [row.looked, row.first_hid, row.second_hid, row.share, *row.interval]
