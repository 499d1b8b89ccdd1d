"""Readers' reports: what brings a comment to the queue, and what answers it."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from comments.models import Comment
from moderation import services
from moderation.errors import InvalidReport, NothingToReport
from moderation.models import Action, Call, Decision, QueueEntry, Report, ReportKind
from moderation.queue import QueueFilters, queue_page, waiting_counts
from moderation.report_cards import report_groups
from moderation.reports import report_comment
from moderation.services import decide, reimport_comment, undo
from tests.factories import (
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)

pytestmark = pytest.mark.django_db
PUBLISHED, HIDDEN = Comment.Status.PUBLISHED, Comment.Status.HIDDEN


def decided(comment, action=Action.HIDE, **kwargs):
    comment.refresh_from_db()
    last = comment.decisions.first()
    return decide(
        comment,
        action=action,
        by=ModeratorFactory(),
        after=last.pk if last else None,
        revision=comment.revision_id,
        reason="injure" if action == Action.HIDE else "",
        **kwargs,
    )


def states(*reports):
    rows = {r.pk: r for r in Report.objects.all()}
    return [(rows[r.pk].state, rows[r.pk].outcome) for r in reports]


def queue():
    return [entry.comment for entry in queue_page(QueueFilters()).entries]


OPEN = ("open", "")


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
        services._enqueue(comment, QueueEntry.Rank.PENDING, comment.received_at)
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
        settle = services.settle_reports

        def fail(*decisions):
            if after:
                settle(*decisions)
                assert states(report) == [("answered", "upheld")]
            raise RuntimeError("killed")

        monkeypatch.setattr(services, "settle_reports", fail)
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
