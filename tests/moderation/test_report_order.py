"""How far forward reports bring a comment in the queue."""

import pytest

from moderation.filters import QueueFilters
from moderation.models import Action, Call, QueueEntry
from moderation.queue import queue_page
from moderation.services import undo
from tests.factories import (
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import decided, queue

pytestmark = pytest.mark.django_db


class TestOrder:
    """Pending before shown; in each, reported first, by the reporters' record."""

    def upheld(self, count=2, **reporter):
        for _ in range(count):
            decided(ReportFactory(**reporter).comment)

    def rejected(self, count=2, **reporter):
        for _ in range(count):
            decided(ReportFactory(**reporter).comment, Action.PUBLISH)

    def waits(self, rank, **report):
        comment = CommentFactory(
            status="pending" if rank == QueueEntry.Rank.PENDING else "published"
        )
        QueueEntry.objects.create(
            comment=comment, rank=rank, waiting_since=comment.received_at
        )
        if report:
            ReportFactory(comment=comment, **report)
        return comment

    def test_reported_first_by_record(self):
        trusted, doubted = ReaderFactory(), ReaderFactory()
        self.upheld(user=trusted)
        self.rejected(user=doubted)
        rank = QueueEntry.Rank.FLAGGED
        flagged = self.waits(rank)
        by_doubted = self.waits(rank, user=doubted)
        by_anyone = self.waits(rank, user=ReaderFactory())
        by_trusted = self.waits(rank, user=trusted)
        pending = self.waits(QueueEntry.Rank.PENDING)
        reported = self.waits(QueueEntry.Rank.PENDING, user=ReaderFactory())
        expected = [reported, pending, by_trusted, by_anyone, by_doubted, flagged]
        assert queue() == expected
        seen, after = [], ""
        for _ in expected:
            page = queue_page(QueueFilters(), after=after, size=1)
            seen += [entry.comment for entry in page.entries]
            after = page.next_after
        assert seen == expected

    def test_the_longest_wait_between_equals(self):
        comments = [ReportFactory().comment for _ in range(3)]
        assert queue() == comments

    def test_one_report_alone_makes_no_record(self):
        reader = ReaderFactory()
        self.rejected(1, user=reader)
        ReportFactory(user=reader)
        assert QueueEntry.objects.get().call == Call.REPORTED

    def test_an_address_without_account_earns_no_trust(self):
        """Whoever knows a respected reader's address could otherwise use it."""
        self.upheld(4, email="rita@journal.example")
        ReportFactory(email="rita@journal.example")
        assert QueueEntry.objects.get().call == Call.REPORTED

    def test_false_reports_under_an_address_do_not_touch_its_account(self):
        rita = ReaderFactory()
        self.rejected(4, email=rita.email)
        ReportFactory(email=rita.email)
        ReportFactory(user=rita, email=rita.email)
        calls = QueueEntry.objects.order_by("pk").values_list("call", flat=True)
        assert list(calls) == [Call.DOUBTED, Call.REPORTED]

    def test_the_best_reporter_counts(self):
        trusted, doubted = ReaderFactory(), ReaderFactory()
        self.upheld(user=trusted)
        self.rejected(user=doubted)
        comment = self.waits(QueueEntry.Rank.FLAGGED, user=doubted)
        assert QueueEntry.objects.get().call == Call.DOUBTED
        ReportFactory(comment=comment, user=trusted)
        ReportFactory(comment=comment)
        assert QueueEntry.objects.get().call == Call.TRUSTED

    def test_an_answer_that_was_undone_is_no_record(self):
        reader = ReaderFactory()
        for _ in range(2):
            report = ReportFactory(user=reader)
            undo(decided(report.comment, Action.PUBLISH), by=ModeratorFactory())
        last = ReportFactory(user=reader)
        assert last.comment.queue_entry.call == Call.REPORTED
