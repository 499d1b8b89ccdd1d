"""The times that pages print, such as « 00 h 33, le 19 septembre 2015 »."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timezone
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

MONTHS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juill", "juil"),
    ("aout",),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
"""French months and their abbreviations, without accents."""
_MONTH = {name: n for n, names in enumerate(MONTHS, start=1) for name in names}
_ACCENTED = {"e": "[eéè]", "u": "[uû]"}
_NAMES = "|".join(
    "".join(_ACCENTED.get(letter, letter) for letter in name)
    for name in sorted(_MONTH, key=len, reverse=True)
)
_GAP = r"\s{0,3}"  # also no-break spaces, wide and narrow
_WEEKDAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
_CLOCK = (
    rf"(?P<hour>\d{{1,2}}){_GAP}(?:heures?|h|:)"
    rf"(?:{_GAP}(?P<minute>\d{{1,2}})(?::(?P<second>\d{{2}}))?)?(?![\d:])"
    rf"(?:{_GAP}(?P<half>[ap])\.?m\.?)?"
)
_DAY = (
    rf"(?:le\s)?(?:{_WEEKDAY},?\s)?(?:"
    rf"(?P<day>\d{{1,2}}){_GAP}(?:er|ᵉʳ)?\s{{1,3}}"
    rf"(?P<month>{_NAMES})\.?\s{{1,3}}(?P<year>\d{{4}})"
    r"|(?P<day2>\d{1,2})[/.](?P<month2>\d{1,2})[/.](?P<year2>\d{4}))"
)
_BETWEEN = rf"{_GAP}[,–—-]?{_GAP}(?:à\s)?"
_POSTED = r"(?:(?:publié|posté|écrit|envoyé|mis en ligne)e?\s)?"
_MOMENT = rf"{_CLOCK}{_BETWEEN}{_DAY}", rf"{_DAY}{_BETWEEN}{_CLOCK}"
_WHOLE = [re.compile(_POSTED + form, re.IGNORECASE) for form in _MOMENT]
_TAIL = [re.compile(rf"(?<![\d:/]){form}\Z", re.IGNORECASE) for form in _MOMENT]
_DATE = re.compile(rf"(?<![\d/.]){_DAY}", re.IGNORECASE)
_VAGUE = re.compile(
    rf"\d\s?(?:h|:)\s?\d|\d\s?(?:er|ᵉʳ)?\s(?:{_NAMES})\b|\d[/.-]\d{{1,2}}[/.-]\d"
    r"|\bil y a (?:\d|une?\b)|\b(?:hier|aujourd[’']hui)\b.*\d|^à l[’']instant$",
    re.IGNORECASE,
)
LONGEST = 80
"""Code points; a longer line is no timestamp, and is not searched for one."""


Problem = Literal["timestamp_invalid", "timestamp_ambiguous", "timestamp_nonexistent"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An instant, with the offset its zone had, and what there is to say about it."""

    instant: datetime | None
    problem: Problem | None = None


@lru_cache(maxsize=4096)  # asked again for each way of parting a page
def is_timestamp(text: str) -> bool:
    """Whether ``text`` is a time and a date and nothing else, possible or not."""
    return len(text) <= LONGEST and _match(text) is not None


def resembles_timestamp(text: str) -> bool:
    """Whether ``text``, where a time is due, may be one we cannot read."""
    return len(text) <= LONGEST and _VAGUE.search(text) is not None


@lru_cache(maxsize=4096)
def trailing_timestamp(text: str) -> int | None:
    """Return where the time that ends ``text`` starts, or None if none does."""
    if not text[-1:].isalnum() and text[-1:] != ".":
        return None
    start = max(0, len(text) - LONGEST)
    found = [match.start() for form in _TAIL if (match := form.search(text, start))]
    return min(found, default=None)


def read_timestamp(text: str, zone: ZoneInfo) -> Reading:
    """Read a printed local time.

    Where clocks go back the same time comes twice: the first is taken (fold 0, PEP
    495). Where they go forward it never comes: it is counted from the offset before.
    """
    match = _match(text) if len(text) <= LONGEST else None
    if match is None:
        return Reading(None, "timestamp_invalid")
    hour = int(match["hour"])
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    if half := match["half"]:
        if hour > 12 or (hour == 0 and half in "pP"):
            return Reading(None, "timestamp_invalid")
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        day = _day(match)
        clock = time(hour, minute, second)
        local = datetime.combine(day, clock, tzinfo=zone)
        # By way of UTC: a time that never came is given as clocks then showed it
        instant = local.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        return Reading(None, "timestamp_invalid")
    problem: Problem | None = None
    if instant.replace(tzinfo=None) != local.replace(tzinfo=None):
        problem = "timestamp_nonexistent"
    elif local.utcoffset() != local.replace(fold=1).utcoffset():
        problem = "timestamp_ambiguous"
    return Reading(with_fixed_offset(instant), problem)


def with_fixed_offset(instant: datetime) -> datetime:
    """Return ``instant`` without its zone's rules, its offset alone.

    With them an ambiguous time would equal no other zone's (PEP 495), nor sort right.
    """
    offset = instant.utcoffset()
    return instant if offset is None else instant.replace(tzinfo=timezone(offset))


def printed_date(text: str) -> date | None:
    """Return the last date ``text`` names, as captions do, if it is a possible one."""
    found = list(_DATE.finditer(text[:2000]))
    try:
        return _day(found[-1]) if found else None
    except ValueError:
        return None


def _match(text: str) -> re.Match[str] | None:
    composed = unicodedata.normalize("NFC", text.strip())
    for form in _WHOLE:
        if match := form.fullmatch(composed):
            return match
    return None


def _day(match: re.Match[str]) -> date:
    if match["day2"]:
        return date(int(match["year2"]), int(match["month2"]), int(match["day2"]))
    letters = unicodedata.normalize("NFD", match["month"].lower())
    month = _MONTH["".join(c for c in letters if not unicodedata.combining(c))]
    return date(int(match["year"]), month, int(match["day"]))
