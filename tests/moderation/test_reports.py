"""Readers' reports: what they must say, and what they bring to the queue."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from comments.models import Comment
from moderation.deciding import enqueue
from moderation.errors import InvalidReport, NothingToReport
from moderation.models import Action, Call, QueueEntry, Report, ReportKind
from moderation.queue import waiting_counts
from moderation.report_cards import report_groups
from moderation.reports import report_comment
from tests.factories import (
    CommentFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import OPEN, decided, queue, states

pytestmark = pytest.mark.django_db
PUBLISHED, HIDDEN = Comment.Status.PUBLISHED, Comment.Status.HIDDEN


class TestReporting:
    def test_a_shown_comment_waits_and_stays_shown(self):
        comment = CommentFactory(published=True)
        assert queue() == []
        report = ReportFactory(comment=comment)
        entry = QueueEntry.objects.get()
        assert (entry.comment, entry.rank) == (comment, QueueEntry.Rank.FLAGGED)
        assert entry.call == Call.REPORTED
        assert entry.waiting_since == report.created_at
        comment.refresh_from_db()
        assert comment.status == PUBLISHED
        assert waiting_counts() == {"pending": 0, "flagged": 1, "reported": 1}

    def test_a_pending_comment_stays_pending(self):
        comment = CommentFactory()
        enqueue([(comment, QueueEntry.Rank.PENDING, comment.received_at)])
        ReportFactory(comment=comment)
        entry = QueueEntry.objects.get()
        assert (entry.rank, entry.call) == (QueueEntry.Rank.PENDING, Call.REPORTED)
        assert entry.waiting_since == comment.received_at
        comment.refresh_from_db()
        assert comment.status == Comment.Status.PENDING

    @pytest.mark.parametrize("status", ["hidden", "deleted"])
    def test_what_is_withdrawn_is_not_reported(self, status):
        with pytest.raises(NothingToReport):
            ReportFactory(comment=CommentFactory(status=status))
        assert not Report.objects.exists()

    def test_a_crowd_hides_nothing(self):
        """TRUST S-39."""
        comment = CommentFactory(published=True)
        ReportFactory.create_batch(50, comment=comment)
        comment.refresh_from_db()
        assert comment.status == PUBLISHED
        assert QueueEntry.objects.get().call == Call.REPORTED

    def test_one_open_report_a_person(self):
        comment = CommentFactory(published=True)
        user = ReaderFactory()
        first = ReportFactory(comment=comment, user=user, email="Rita@journal.example")
        again = [
            ReportFactory(comment=comment, user=user),
            ReportFactory(comment=comment, email="rita@JOURNAL.example "),
        ]
        assert again == [first, first]
        assert Report.objects.count() == 1
        other = ReportFactory(comment=comment)
        elsewhere = ReportFactory(email="rita@journal.example")
        assert Report.objects.count() == 3
        assert len({first.reference, other.reference, elsewhere.reference}) == 3

    def test_once_answered_one_may_report_again(self):
        """TRUST S-15: a new item, with the earlier decision beside it."""
        report = ReportFactory(email="rita@journal.example")
        decision = decided(report.comment, Action.PUBLISH)
        assert queue() == []
        again = ReportFactory(comment=report.comment, email="rita@journal.example")
        assert again != report
        assert queue() == [report.comment]
        assert list(report.comment.decisions.all()) == [decision]
        assert states(report, again) == [("answered", "kept"), OPEN]

    def test_kinds_are_reasons(self):
        for kind in ReportKind:
            assert kind.reason.value == kind.value

    def test_references_can_be_read_aloud(self):
        references = {ReportFactory().reference for _ in range(20)}
        assert len(references) == 20
        for reference in references:
            assert [len(part) for part in reference.split("-")] == [4, 4, 4]


VALID = {
    "kind": "injure",
    "explanation": "Il insulte.",
    "name": "Rita",
    "email": "rita@journal.example",
    "good_faith": True,
}


class TestWhatAReportMustSay:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("kind", ""),
            ("kind", "rien"),
            ("kind", "hors_sujet"),
            ("explanation", " \u200b\n"),
            ("explanation", "x" * 2001),
            ("explanation", "nul \x00"),
            ("explanation", "seul \ud800"),
            ("name", ""),
            ("name", "x" * 101),
            ("email", " "),
            ("email", "rita"),
            ("email", "r" * 239 + "@journal.example"),
            ("email", "rita@journal.example\nBcc: autre@journal.example"),
            ("good_faith", False),
        ],
    )
    def test_what_lacks_is_said_beside_its_field(self, field, value):
        comment = CommentFactory(published=True)
        with pytest.raises(InvalidReport) as refusal:
            report_comment(comment, **VALID | {field: value})
        assert set(refusal.value.errors) == {field}
        assert report_comment(comment, **VALID).explanation == "Il insulte."

    def test_child_abuse_may_be_reported_by_nobody(self):
        comment = CommentFactory(published=True)
        anonymous = VALID | {"name": "", "email": ""}
        with pytest.raises(InvalidReport):
            report_comment(comment, **anonymous)
        report = report_comment(
            comment, **anonymous | {"kind": "mineurs"}, user=ReaderFactory()
        )
        assert (report.name, report.email, report.user) == ("", "", None)

    @pytest.mark.parametrize(
        "broken",
        [
            {"state": "answered"},
            {"outcome": "kept"},
            {"answered_at": timezone.now()},
            {"name": ""},
            {"email": ""},
            {"explanation": ""},
        ],
    )
    def test_the_database_refuses_the_rest(self, broken):
        report = ReportFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**broken)
        assert states(report) == [OPEN]

    def test_the_database_refuses_half_an_answer(self):
        report = ReportFactory()
        decided(report.comment, Action.PUBLISH)
        for broken in ({"state": "open"}, {"decision": None}, {"answered_at": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Report.objects.filter(pk=report.pk).update(**broken)


def test_groups_count_all_and_show_a_few():
    comment = CommentFactory(published=True)
    ReportFactory.create_batch(6, comment=comment, kind="menace")
    ReportFactory.create_batch(2, comment=comment, kind="autre")
    answered = ReportFactory()
    decided(answered.comment)
    groups = report_groups(QueueEntry.objects.all())
    assert set(groups) == {comment.pk}
    group = groups[comment.pk]
    assert group.kinds == [(ReportKind.MENACE, 6), (ReportKind.AUTRE, 2)]
    assert (group.count, len(group.shown), group.more) == (8, 5, 3)
    assert group.reason == "menace"


def test_the_language_is_the_readers():
    with translation.override("en"):
        report = ReportFactory()
    assert report.language == "en"
