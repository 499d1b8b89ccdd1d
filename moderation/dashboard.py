"""The figures of a period, each read when it is first asked for."""

from functools import cached_property

from django.contrib.auth.models import User

from moderation.heat import Heat, heating_articles
from moderation.periods import Period
from moderation.queue import waiting_counts
from moderation.rule_precision import Precision, rule_precision
from moderation.tallies import (
    Compared,
    Course,
    ReasonCount,
    course,
    decisions_by_delay,
    hidings_by_reason,
)
from moderation.waiting import Delays, delays
from moderation.workload import Workload, workload


class Dashboard:
    """What ``reader`` may know of ``period``. Fourteen queries for all of it."""

    def __init__(self, period: Period, *, reader: User) -> None:
        self.period = period
        self.reader = reader

    @cached_property
    def course(self) -> Course:
        return course(self.period)

    @cached_property
    def waiting(self) -> dict[str, int]:
        """What waits at this moment, whatever the period: see `waiting_counts`."""
        return waiting_counts()

    @cached_property
    def delays(self) -> tuple[Delays, Delays]:
        """Of the period, and of the time before."""
        now, before = self.period, self.period.before
        return (
            delays(since=now.start, until=now.end),
            delays(since=before.start, until=before.end),
        )

    @cached_property
    def by_delay(self) -> list[Compared]:
        return decisions_by_delay(self.period)

    @cached_property
    def reasons(self) -> list[ReasonCount]:
        return hidings_by_reason(self.period)

    @cached_property
    def rules(self) -> list[Precision]:
        return rule_precision(self.period)

    @cached_property
    def articles(self) -> list[Heat]:
        return heating_articles(self.period)

    @cached_property
    def workload(self) -> Workload:
        return workload(self.period, reader=self.reader)
