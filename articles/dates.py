"""Dates as the newspaper prints them: « 00 h 33, le 19 septembre 2015 »."""

from datetime import datetime

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def printed_time(moment: datetime) -> str:
    """Hour and day in the newspaper's own zone, in the active language."""
    local = timezone.localtime(moment)
    return _("%(hour)02d h %(minute)02d, le %(day)s %(month)s %(year)d") % {
        "hour": local.hour,
        "minute": local.minute,
        "day": _day(local.day),
        "month": MONTHS[local.month],
        "year": local.year,
    }


def printed_day(moment: datetime) -> str:
    """The day alone: « 1er juin 2016 »."""
    local = timezone.localtime(moment)
    return f"{_day(local.day)} {MONTHS[local.month]} {local.year}"


def _day(number: int) -> str:
    return pgettext("day of the month", "1er") if number == 1 else str(number)
