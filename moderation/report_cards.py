"""What the desk shows of readers' reports: grouped by comment, never who wrote them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Window
from django.db.models.functions import RowNumber

from moderation.models import Call, QueueEntry, Report, ReportKind
from moderation.reasons import ReasonCode
from moderation.reporters import ReporterRecord, reporter_of, reporter_records

SHOWN = 5
"""Explanations on a card; all kinds are counted."""
LISTED = 100
"""Reports on the page of one comment, the newest."""


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report with its reporter's record so far; None for one that nobody signed."""

    report: Report
    record: ReporterRecord | None


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The open reports of one comment.

    ``kinds`` are (kind, how many), the most frequent first; ``shown`` the oldest;
    ``oldest`` says since when each kind is reported.
    """

    kinds: list[tuple[ReportKind, int]]
    shown: list[ShownReport]
    oldest: dict[ReportKind, datetime]

    @property
    def count(self) -> int:
        return sum(count for _kind, count in self.kinds)

    @property
    def more(self) -> int:
        return self.count - len(self.shown)

    @property
    def reason(self) -> ReasonCode | None:
        """The reason most reports suggest; « Autre » suggests nothing."""
        reasons = (kind.reason for kind, _count in self.kinds)
        return next((r for r in reasons if r != ReasonCode.AUTRE), None)


def report_groups(entries: Iterable[QueueEntry | None]) -> dict[int, ReportGroup]:
    """{comment: its open reports}, for those of ``entries`` that have some.

    Three queries, whatever the number of comments and reports; none without reports.
    """
    comments = {e.pk for e in entries if e is not None and e.call != Call.NONE}
    if not comments:
        return {}
    reports = Report.objects.open().filter(comment__in=comments)
    kinds: dict[int, list[tuple[ReportKind, int]]] = {}
    oldest: dict[int, dict[ReportKind, datetime]] = {}
    grouped = reports.order_by().values_list("comment", "kind")
    counted = grouped.annotate(n=Count("pk"), since=Min("created_at"))
    for comment, kind, count, since in counted.order_by("-n", "kind"):
        kinds.setdefault(comment, []).append((ReportKind(kind), count))
        oldest.setdefault(comment, {})[ReportKind(kind)] = since
    place = Window(RowNumber(), partition_by=[F("comment")], order_by=[F("pk")])
    first = list(reports.annotate(place=place).filter(place__lte=SHOWN).order_by("pk"))
    shown: dict[int, list[ShownReport]] = {}
    for each in _with_records(first):
        shown.setdefault(each.report.comment_id, []).append(each)
    return {pk: ReportGroup(kinds[pk], shown.get(pk, []), oldest[pk]) for pk in kinds}


def all_reports(comment: int) -> list[ShownReport]:
    """The newest reports of ``comment``, answered ones too, the newest first."""
    reports = Report.objects.filter(comment=comment).order_by("-pk")
    return _with_records(list(reports.select_related("decision", "revision")[:LISTED]))


def _with_records(reports: Sequence[Report]) -> list[ShownReport]:
    records = reporter_records(reports)
    found = []
    for report in reports:
        reporter = reporter_of(report)
        record = records.get(reporter, ReporterRecord()) if reporter else None
        found.append(ShownReport(report, record))
    return found
