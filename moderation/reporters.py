"""How often a reporter was right, and how far forward that brings what he reports.

A reporter is an account or, without one, an address. An address typed without an
account proves nothing about who typed it: it may hold a report back, never bring it
forward, and it never touches the record of the account that has it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, Value, When

from moderation.models import Call, Report

TRUSTED_FROM = 0.7
DOUBTED_TO = 0.3
"""Bounds of `ReporterRecord.weight`: nobody leaves the middle by a single report."""

Reporter = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class ReporterRecord:
    """Of a reporter's answered reports, how many were upheld."""

    answered: int = 0
    upheld: int = 0

    @property
    def weight(self) -> float:
        """The share upheld, 0 to 1, by the rule of succession: 1/2 for a newcomer.

        https://en.wikipedia.org/wiki/Rule_of_succession
        """
        return (self.upheld + 1) / (self.answered + 2)


def reporter_of(report: Report) -> Reporter | None:
    """Whose record counts for ``report``; None for one without account or address."""
    if report.user_id is not None:
        return report.user_id, ""
    return (None, report.email) if report.email else None


def reporter_records(reports: Iterable[Report]) -> dict[Reporter, ReporterRecord]:
    """{reporter: his record}, for those of ``reports`` who have one. One query."""
    reporters = {reporter_of(report) for report in reports} - {None}
    if not reporters:
        return {}
    users = {user for user, _email in filter(None, reporters) if user is not None}
    emails = {email for user, email in filter(None, reporters) if user is None}
    rows = (
        Report.objects.answered()
        .filter(Q(user__in=users) | Q(user=None, email__in=emails))
        .order_by()
        .annotate(address=Case(When(user=None, then="email"), default=Value("")))
        .values_list("user", "address")
        .annotate(
            answered=Count("pk"),
            upheld=Count("pk", filter=Q(outcome=Report.Outcome.UPHELD)),
        )
    )
    return {
        (user, address): ReporterRecord(answered, upheld)
        for user, address, answered, upheld in rows
    }


def calls_of(reports: Collection[Report]) -> dict[int, Call]:
    """{comment's key: how far forward its open ``reports`` bring it, as the best does}."""
    records = reporter_records(reports)
    calls: dict[int, Call] = {}
    for report in reports:
        call = _call(reporter_of(report), records)
        calls[report.comment_id] = min(call, calls.get(report.comment_id, call))
    return calls


def _call(reporter: Reporter | None, records: dict[Reporter, ReporterRecord]) -> Call:
    if reporter is None:
        return Call.REPORTED
    weight = records.get(reporter, ReporterRecord()).weight
    if weight <= DOUBTED_TO:
        return Call.DOUBTED
    has_account = reporter[0] is not None
    return Call.TRUSTED if has_account and weight >= TRUSTED_FROM else Call.REPORTED
