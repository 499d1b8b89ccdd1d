"""Tables of figures: as people read them, and as files that spreadsheets open."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moderation.figures import figure

NOTHING = "–"
FORMULA_STARTS = tuple("=+-@\t\r\n\x00")
"""A spreadsheet may run a cell that begins so (TRUST S-24, ASVS 1.2.10)."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads the file's accents in another encoding."""


@dataclass(frozen=True, slots=True)
class Step:
    """An hour or a day of a period: when it begins, as clocks show it."""

    begins: datetime
    hourly: bool

    def __str__(self) -> str:
        day = date_format(self.begins, pgettext("date format", "l j F"))
        if not self.hourly:
            return day
        return _("%(day)s, %(hour)d h") % {"day": day, "hour": self.begins.hour}

    @property
    def short(self) -> str:
        if self.hourly:
            return _("%(hour)d h") % {"hour": self.begins.hour}
        return date_format(self.begins, pgettext("date format", "j N"))

    @property
    def iso(self) -> str:
        moment = self.begins.isoformat(timespec="minutes")
        return moment if self.hourly else moment[:10]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A number from -1 to 1 that is no share: « −0,12 »."""

    value: float

    def __str__(self) -> str:
        return str(number_format(round(self.value, 2), 2)).replace("-", "−")


Cell = int | float | timedelta | Step | Coefficient | str | None
"""A whole number, a share (0 to 1), a delay, a step, a coefficient, words, or nothing
known."""


@dataclass(frozen=True, slots=True)
class Column:
    """``exported``: its name in a file, where units must be told; else its own.

    What a file's reader computes by himself is not ``in_file``.
    """

    name: str
    exported: str = ""
    in_file: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures; each begins with what it is about."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def shown(self) -> list[list[str]]:
        return [[shown(cell) for cell in row] for row in self.rows]

    def as_csv(self) -> str:
        """RFC 4180: commas, quotes where needed, CRLF. No cell is a formula."""
        file = io.StringIO()
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        kept = [(n, column) for n, column in enumerate(self.columns) if column.in_file]
        writer.writerow([harmless(c.exported or c.name) for _n, c in kept])
        writer.writerows([exported(row[n]) for n, _c in kept] for row in self.rows)
        return file.getvalue()


def shown(cell: Cell) -> str:
    """``cell`` as people read it, in the active language."""
    if cell is None:
        return NOTHING
    if isinstance(cell, float):
        return percent(cell)
    if isinstance(cell, int):
        return figure(cell)
    if isinstance(cell, timedelta):
        return delay(cell)
    return str(cell)


def exported(cell: Cell) -> str:
    """``cell`` for a file: shares as decimals, delays in seconds, moments in ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}"
    if isinstance(cell, Coefficient):
        return f"{cell.value:.4f}"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds():.0f}"
    return cell.iso if isinstance(cell, Step) else harmless(cell)


def harmless(text: str) -> str:
    """``text``, that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def percent(share: float) -> str:
    """« 78 % », « 0,4 % » below one."""
    value = 100 * share
    decimals = 1 if 0 < value < 1 else 0
    return _("%(number)s %%") % {
        "number": number_format(round(value, decimals), decimals)
    }


def change(now: int, before: int) -> str:
    """How much more or less than ``before``: « +12 % », « −8 % », « = »."""
    if now == before:
        return "="
    if not before:
        return NOTHING
    share = percent(abs(now - before) / before)
    return f"{'+' if now > before else '−'}{share}"


def delay(lasted: timedelta) -> str:
    """« 40 s », « 12 min », « 1 h 05 », « 2 j 3 h »: rounded down."""
    minutes, seconds = divmod(int(lasted.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        told = _("%(days)d j %(hours)d h") if hours else _("%(days)d j")
    elif hours:
        told = _("%(hours)d h %(minutes)02d") if minutes else _("%(hours)d h")
    elif minutes:
        told = _("%(minutes)d min")
    else:
        told = _("%(seconds)d s")
    return told % {
        "days": days,
        "hours": hours,
        "minutes": minutes,
        "seconds": seconds,
    }
