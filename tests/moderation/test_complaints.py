"""A reporter who was not followed contests it, and another moderator answers (TRUST L-14)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from comments.models import Comment
from moderation.complaints.services import can_be_contested, complain
from moderation.errors import (
    AlreadyAnswered,
    AlreadyDecided,
    InvalidAppeal,
    InvalidDecision,
    NothingToContest,
    OwnDecision,
)
from moderation.models import Action, Complaint, Report, StatementOfReasons
from moderation.services import undo
from tests.factories import (
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.complaining import complained, kept, replied
from tests.moderation.contesting import take
from tests.spaces import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block whose transaction is taken for committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def states(*reports):
    found = dict(Report.objects.values_list("pk", "outcome"))
    return [found[report.pk] for report in reports]


class TestComplaining:
    def test_once_a_decision(self):
        report = kept()
        made = complain(report, argument="Relisez.\r\n")
        assert made.argument == "Relisez."
        assert complain(report, argument="Encore.") == made
        assert made.contested == report.decision

    @pytest.mark.parametrize("action", [Action.HIDE, Action.HOLD])
    def test_only_what_was_not_followed(self, action):
        report = ReportFactory()
        take(report.comment, action)
        with pytest.raises(NothingToContest):
            complain(Report.objects.get(pk=report.pk))

    def test_within_six_months_of_being_told(self):
        report = kept()
        Report.objects.update(answered_at=timezone.now() - timedelta(400), told_at=None)
        report.refresh_from_db()
        with pytest.raises(NothingToContest, match="délai"):
            complain(report)
        told = timezone.now() - timedelta(100)
        Report.objects.update(told=report.decision, told_at=told)
        report.refresh_from_db()
        assert can_be_contested(report)
        complain(report)

    @pytest.mark.parametrize("argument", ["x" * 2001, "\x00"])
    def test_what_cannot_be_stored_is_refused(self, argument):
        with pytest.raises(InvalidAppeal):
            complain(kept(), argument=argument)


class TestAnswering:
    def test_hiding_is_an_ordinary_decision_that_tells_everyone(self, commit):
        """TRUST L-08, L-09, L-11: one transaction, one statement, nobody forgotten."""
        author = ReaderFactory()
        comment = CommentFactory(author=author.commenter, published=True)
        other = ReportFactory(comment=comment)
        with commit():
            complaint = complained(comment=comment, name="Hortense Delamarre")
        with commit():
            later = ReportFactory(comment=comment)
        mail.outbox.clear()
        moderator = ModeratorFactory()
        with commit():
            made = replied(
                complaint, "hidden", by=moderator, reasoning="Vous aviez vu."
            )
        comment.refresh_from_db()
        hiding = comment.decisions.first()
        assert comment.status == Comment.Status.HIDDEN
        assert (hiding.moderator, hiding.reason) == (moderator, "injure")
        assert (made.outcome, made.decision, made.moderator) == (
            "hidden",
            hiding,
            moderator,
        )
        statement = StatementOfReasons.objects.standing().get(comment=comment)
        assert statement.source == StatementOfReasons.Source.NOTICE
        assert states(complaint.report, other, later) == ["upheld"] * 3
        sent = {message.to[0]: spaced(message.body) for message in mail.outbox}
        reporters = {r.email for r in (complaint.report, other, later)}
        assert set(sent) == {author.email, *reporters}
        assert len(mail.outbox) == 4  # the complaining reader is written once
        answer = sent[complaint.report.email]
        assert "vous donne raison" in answer
        assert "Vous aviez vu." in answer
        assert "saisir la justice" in answer
        assert moderator.username not in answer
        for text in (sent[author.email], statement.facts_fr, statement.message_fr):
            assert "Hortense" not in text
            assert complaint.report.email not in text
            assert "Vous aviez vu." not in text

    def test_keeping_again_tells_why_and_changes_nothing(self, commit):
        complaint = complained()
        comment = complaint.report.comment
        before = comment.decisions.count()
        mail.outbox.clear()
        with commit():
            replied(complaint, "kept", reasoning="Une opinion, rude mais permise.")
        assert comment.decisions.count() == before
        assert Comment.objects.get(pk=comment.pk).status == Comment.Status.PUBLISHED
        (message,) = mail.outbox
        assert message.to == [complaint.report.email]
        assert "Une opinion, rude mais permise." in message.body
        assert "reste en ligne" in message.body
        assert complaint.report.name not in message.body
        assert states(complaint.report) == ["kept"]

    def test_who_kept_it_does_not_answer(self, settings):
        moderator = ModeratorFactory()
        complaint = complained(by=moderator)
        with pytest.raises(OwnDecision):
            replied(complaint, "kept", by=moderator)
        settings.APPEAL_BY_ANOTHER = False
        replied(complaint, "kept", by=moderator)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"outcome": "upheld"}, "outcome"),
            ({"outcome": "kept", "reasoning": " "}, "reasoning"),
            ({"outcome": "hidden", "reason": ""}, "reason"),
            ({"outcome": "hidden", "reason": "autre"}, "note"),
        ],
    )
    def test_a_bare_answer_is_refused(self, change, field):
        complaint = complained()
        with pytest.raises(InvalidDecision) as refusal:
            replied(complaint, **change)
        assert refusal.value.field == field
        complaint.refresh_from_db()
        assert complaint.state == "open"

    def test_a_stale_view_answers_nothing(self):
        complaint = complained()
        with pytest.raises(AlreadyDecided):
            replied(complaint, "hidden", after=None)
        replied(complaint, "kept")
        with pytest.raises(AlreadyAnswered):
            replied(complaint, "hidden")

    def test_nobody_is_forgotten_if_the_mail_server_was_down(self):
        replied(complained(), "kept")
        mail.outbox.clear()
        call_command("send_notices")
        assert any("votre contestation" in m.subject for m in mail.outbox)
        count = len(mail.outbox)
        call_command("send_notices")
        assert len(mail.outbox) == count


class TestSettling:
    def test_another_hiding_leaves_nothing_to_answer(self, commit):
        complaint = complained()
        mail.outbox.clear()
        with commit():
            take(complaint.report.comment, Action.HIDE)
        complaint.refresh_from_db()
        assert (complaint.outcome, complaint.moderator) == ("moot", None)
        assert any("avant qu’on vous réponde" in m.body for m in mail.outbox)

    def test_undoing_the_contested_decision_opens_the_report_instead(self):
        complaint = complained()
        undo(complaint.contested, by=ModeratorFactory())
        complaint.refresh_from_db()
        assert complaint.outcome == "moot"
        assert Report.objects.get(pk=complaint.report_id).state == "open"

    def test_one_upheld_complaint_closes_the_others_on_the_comment(self):
        comment = CommentFactory(published=True)
        reports = ReportFactory.create_batch(2, comment=comment)
        take(comment, Action.PUBLISH)
        one, other = (complain(Report.objects.get(pk=r.pk)) for r in reports)
        replied(one, "hidden")
        other.refresh_from_db()
        assert other.outcome == "moot"
        assert other.decision == comment.decisions.first()

    def test_keeping_once_more_leaves_it_open(self):
        complaint = complained()
        take(complaint.report.comment, Action.PUBLISH)
        complaint.refresh_from_db()
        assert complaint.state == "open"
        replied(complaint, "kept")


class TestRestoring:
    """TRUST L-07: whoever was told « masqué » learns that it is back."""

    def hidden_report(self):
        report = ReportFactory()
        take(report.comment, Action.HIDE)
        call_command("send_notices")
        mail.outbox.clear()
        return Report.objects.get(pk=report.pk)

    def test_an_ordinary_restoring_tells_those_who_had_been_followed(self, commit):
        report = self.hidden_report()
        with commit():
            restoring = take(report.comment, Action.PUBLISH)
        report.refresh_from_db()
        assert (report.outcome, report.decision) == ("kept", restoring)
        (message,) = mail.outbox
        assert "de nouveau en ligne" in message.body
        assert "a contesté" not in message.body
        assert report.told == restoring
        assert report.told_at

    def test_it_can_be_contested_in_turn(self):
        report = self.hidden_report()
        take(report.comment, Action.PUBLISH)
        complaint = complain(Report.objects.get(pk=report.pk))
        replied(complaint, "hidden")
        assert states(report) == ["upheld"]

    def test_undoing_opens_the_report_as_before(self):
        report = self.hidden_report()
        undo(report.decision, by=ModeratorFactory())
        report.refresh_from_db()
        assert report.state == "open"


@pytest.mark.parametrize("closed", [False, True])
def test_the_database_keeps_what_was_asked_and_answered(closed):
    complaint = complained()
    if closed:
        replied(complaint, "kept")
    changes = [{"argument": "réécrit"}, {"report": kept()}]
    if closed:
        changes += [{"reasoning": "réécrit"}, {"outcome": "hidden"}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Complaint.objects.filter(pk=complaint.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).delete()
