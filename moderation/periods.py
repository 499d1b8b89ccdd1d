"""Spans of time that figures are given for, cut at the newspaper's own hours and days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from django.utils.timezone import get_current_timezone, localtime

HOURLY = timedelta(days=2, hours=1)
"""Up to here a period is told by the hour: two days, one of them of 25 hours."""
Step = Literal["hour", "day"]


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` on and before ``end``, both UTC.

    ``start`` begins an hour or a day of the newspaper's; the last one may be under way.
    """

    start: datetime
    end: datetime

    @property
    def step(self) -> Step:
        return "hour" if self.end - self.start <= HOURLY else "day"

    @property
    def before(self) -> "Period":
        """The time just before, exactly as long."""
        return Period(self.start - (self.end - self.start), self.start)

    @property
    def last(self) -> datetime:
        """Its last moment, in UTC; its first one if it has just begun."""
        return max(self.start, self.end - timedelta(microseconds=1))

    def steps(self) -> list[datetime]:
        """When each hour or day begins, as clocks show it (naive), the first one first.

        An hour that clocks show twice is one step.
        """
        if self.step == "day":
            first = localtime(self.start).date()
            days = (localtime(self.last).date() - first).days
            return [
                datetime.combine(first + timedelta(days=n), time.min)
                for n in range(days + 1)
            ]
        hours = (self.last - self.start) // timedelta(hours=1)
        shown = (
            localtime(self.start + timedelta(hours=n)).replace(
                minute=0, second=0, microsecond=0, tzinfo=None
            )
            for n in range(hours + 1)
        )
        return list(dict.fromkeys(shown))


def last_hours(count: int, *, now: datetime) -> Period:
    """The hour under way and those before it, ``count`` in all."""
    hour = localtime(now).replace(minute=0, second=0, microsecond=0)
    return Period(hour.astimezone(UTC) - timedelta(hours=count - 1), now)


def last_days(count: int, *, now: datetime) -> Period:
    """Today and the days before, ``count`` in all."""
    today = localtime(now).date()
    return Period(midnight(today - timedelta(days=count - 1)), now)


def days(first: date, last: date, *, now: datetime) -> Period:
    """From the ``first`` day to the ``last``, both included, but not beyond ``now``."""
    today = localtime(now).date()
    if last >= today:
        return Period(midnight(first), now)
    return Period(midnight(first), midnight(last + timedelta(days=1)))


def midnight(day: date) -> datetime:
    """When ``day`` begins for the newspaper, in UTC."""
    local = datetime.combine(day, time.min, tzinfo=get_current_timezone())
    return local.astimezone(UTC)
