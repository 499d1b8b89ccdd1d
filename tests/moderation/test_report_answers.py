"""What answers readers' reports, with them, or neither; and what opens them again."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment
from moderation import deciding
from moderation.models import Action, Call, Decision, QueueEntry, Report
from moderation.services import decide, reimport_comment, undo
from tests.factories import (
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import OPEN, decided, queue, states

pytestmark = pytest.mark.django_db
PUBLISHED, HIDDEN = Comment.Status.PUBLISHED, Comment.Status.HIDDEN


class TestAnswering:
    @pytest.mark.parametrize(
        ("action", "outcome"), [(Action.HIDE, "upheld"), (Action.PUBLISH, "kept")]
    )
    def test_a_decision_answers_every_open_report(self, action, outcome):
        comment = CommentFactory(published=True)
        reports = ReportFactory.create_batch(3, comment=comment)
        other = ReportFactory()
        decision = decided(comment, action)
        assert states(*reports, other) == [("answered", outcome)] * 3 + [OPEN]
        for report in Report.objects.filter(comment=comment):
            assert report.decision == decision
            assert report.answered_at
        assert queue() == [other.comment]

    def test_putting_back_on_hold_answers_nothing(self):
        report = ReportFactory()
        decided(report.comment, Action.HOLD)
        assert states(report) == [OPEN]
        entry = QueueEntry.objects.get()
        assert (entry.rank, entry.call) == (QueueEntry.Rank.PENDING, Call.REPORTED)
        decided(report.comment, Action.PUBLISH)
        assert states(report) == [("answered", "kept")]

    def test_the_rules_answer_nothing(self):
        report = ReportFactory()
        reimport_comment(report.comment, "Un texte que rien ne relève.")
        assert report.comment.decisions.filter(moderator=None).exists()
        assert states(report) == [OPEN]
        assert queue() == [report.comment]
        reimport_comment(report.comment, "Quel connard.")
        assert (states(report), queue()) == ([OPEN], [report.comment])
        assert QueueEntry.objects.get().call == Call.REPORTED

    @pytest.mark.parametrize("after", [True, False])
    def test_both_or_neither(self, monkeypatch, after):
        """TRUST L-08: hiding and upholding are one transaction."""
        report = ReportFactory()
        settle = deciding.settle_reports

        def fail(*decisions):
            if after:
                settle(*decisions)
                assert states(report) == [("answered", "upheld")]
            raise RuntimeError("killed")

        monkeypatch.setattr(deciding, "settle_reports", fail)
        with pytest.raises(RuntimeError):
            decided(report.comment)
        report.comment.refresh_from_db()
        assert (report.comment.status, states(report)) == (PUBLISHED, [OPEN])
        assert queue() == [report.comment]
        assert not report.comment.decisions.exists()
        monkeypatch.undo()
        decided(report.comment)
        report.comment.refresh_from_db()
        assert report.comment.status == HIDDEN
        assert states(report) == [("answered", "upheld")]

    def test_a_thousand_reports_are_one_item_and_one_answer(
        self, django_capture_on_commit_callbacks
    ):
        """TRUST F18."""
        comment, few = ReportFactory().comment, ReportFactory().comment
        crowd = Report.objects.bulk_create(
            Report(
                comment=comment,
                revision=comment.revision,
                kind="injure",
                explanation="Il insulte.",
                name=f"Lecteur {n}",
                email=f"lecteur{n}@journal.example",
                acknowledged_at=timezone.now(),
            )
            for n in range(999)
        )
        assert QueueEntry.objects.filter(comment=comment).count() == 1
        costs = []
        for each in (few, comment):
            mail.outbox.clear()
            moderator = ModeratorFactory()
            with (
                CaptureQueriesContext(connection) as captured,
                django_capture_on_commit_callbacks(),
            ):
                decide(
                    each,
                    action=Action.HIDE,
                    by=moderator,
                    after=None,
                    revision=each.revision_id,
                    reason="injure",
                )
            costs.append(len(captured))
        assert costs[0] == costs[1]
        assert set(states(*crowd)) == {("answered", "upheld")}
        call_command("send_notices", verbosity=0)
        told = [m for m in mail.outbox if m.subject.startswith("Réponse")]
        assert len({m.to[0] for m in told}) == len(told) == 1001
        mail.outbox.clear()
        call_command("send_notices", verbosity=0)
        assert mail.outbox == []


class TestUndoing:
    @pytest.mark.parametrize("action", [Action.HIDE, Action.PUBLISH])
    def test_reports_are_open_again(self, action):
        report = ReportFactory()
        since = QueueEntry.objects.get().waiting_since
        decision = decided(report.comment, action)
        assert (queue(), states(report)[0][0]) == ([], "answered")
        undo(decision, by=ModeratorFactory())
        report.refresh_from_db()
        assert states(report) == [OPEN]
        assert (report.decision, report.answered_at) == (None, None)
        entry = QueueEntry.objects.get()
        assert (entry.call, entry.waiting_since) == (Call.REPORTED, since)
        decided(report.comment)
        assert states(report) == [("answered", "upheld")]

    def test_a_newer_report_of_the_same_person_waits_in_its_stead(self):
        """Two open at once would break the rule of one a person."""
        reader = ReaderFactory()
        first, other = (
            ReportFactory(user=reader),
            None,
        )
        comment = first.comment
        other = ReportFactory(comment=comment)
        decision = decided(comment, Action.PUBLISH)
        second = ReportFactory(comment=comment, user=reader)
        undo(decision, by=ModeratorFactory())
        assert states(first, other, second) == [("answered", "kept"), OPEN, OPEN]
        assert queue() == [comment]

    def test_hidden_again_answers_what_came_meanwhile(self):
        comment = CommentFactory(published=True)
        decided(comment)
        restored = decided(comment, Action.PUBLISH)
        report = ReportFactory(comment=comment)
        assert queue() == [comment]
        undone = undo(restored, by=ModeratorFactory())
        report.refresh_from_db()
        assert states(report) == [("answered", "upheld")]
        assert report.decision == undone
        assert queue() == []


def test_rows_of_the_log_are_never_changed_by_reports():
    report = ReportFactory()
    decision = decided(report.comment)
    before = Decision.objects.filter(pk=decision.pk).values().get()
    undo(decision, by=ModeratorFactory())
    assert Decision.objects.filter(pk=decision.pk).values().get() == before
