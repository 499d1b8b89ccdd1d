"""Authors contest, another moderator answers, once (TRUST L-14)."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from comments.models import Comment
from comments.services import add_revision
from moderation.appeals import answer_appeal, contest
from moderation.errors import (
    AlreadyAnswered,
    AlreadyDecided,
    InvalidAppeal,
    InvalidDecision,
    NothingToContest,
    OwnDecision,
)
from moderation.models import Action, Appeal, Decision, StatementOfReasons
from moderation.redress import last_day
from moderation.services import undo
from tests.factories import (
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.contesting import WHY, answered, contested, hidden, seen, take
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db


def at(*when):
    return time_machine.travel(datetime(*when, tzinfo=UTC), tick=False)


class TestContesting:
    def test_needs_no_word(self):
        statement = hidden()
        appeal = contest(statement, author=statement.comment.author)
        assert (appeal.state, appeal.outcome, appeal.argument) == ("open", "", "")

    def test_sent_twice_is_one(self):
        statement = hidden()
        author = statement.comment.author
        first = contest(statement, author=author, argument="Un.\r\nDeux.")
        assert contest(statement, author=author, argument="Trois.") == first
        assert Appeal.objects.get().argument == "Un.\nDeux."

    def test_is_for_the_author(self):
        statement = hidden()
        with pytest.raises(NothingToContest):
            contest(statement, author=ReaderFactory().commenter)
        assert not Appeal.objects.exists()

    @pytest.mark.parametrize("argument", ["a" * 2001, "nul \x00", "seul \ud800"])
    def test_refuses_what_cannot_be_kept(self, argument):
        statement = hidden()
        with pytest.raises(InvalidAppeal):
            contest(statement, author=statement.comment.author, argument=argument)

    def test_ends_six_months_after_the_day_of_notification(self, settings):
        settings.TIME_ZONE = "Asia/Beirut"
        with at(2026, 11, 24, 9):
            statement = hidden()
        assert last_day(statement).isoformat() == "2027-05-24"
        with at(2027, 5, 24, 21, 30), pytest.raises(NothingToContest, match="délai"):
            contest(statement, author=statement.comment.author)  # the 25th in Beirut
        with at(2027, 5, 24, 20, 30):
            assert contest(statement, author=statement.comment.author).pk

    def test_a_short_month_ends_on_its_last_day(self):
        with at(2026, 8, 31, 9):
            assert last_day(hidden()).isoformat() == "2027-02-28"

    def test_counts_from_notification_not_from_the_decision(self):
        author = ReaderFactory().commenter
        with at(2026, 1, 10, 9):
            # Hidden before statements were kept: nobody was told
            comment = CommentFactory(author=author, hidden=True)
            hiding = Decision.objects.create(
                comment=comment,
                revision=comment.revision,
                action=Action.HIDE,
                moderator=ModeratorFactory(),
                reason="injure",
                status_before="published",
                status_after="hidden",
            )
        with at(2026, 11, 24, 9):
            call_command("state_reasons", verbosity=0)
            late = StatementOfReasons.objects.get(decision=hiding)
            assert late.created_at.year == 2026
            assert last_day(late).isoformat() == "2027-05-24"
            assert contest(late, author=author).pk

    def test_the_months_are_a_setting_of_six_at_least(self, settings):
        with at(2026, 11, 24, 9):
            statement = hidden()
        settings.APPEAL_MONTHS = 14
        assert last_day(statement).isoformat() == "2028-01-24"
        assert not _errors()
        settings.APPEAL_MONTHS = 5
        assert _errors() == ["moderation.E001"]

    def test_a_lifted_statement_is_contested_no_more(self):
        statement = hidden()
        take(statement.comment, Action.PUBLISH)
        with pytest.raises(NothingToContest, match="ne tient plus"):
            contest(statement, author=statement.comment.author)

    def test_each_statement_has_its_own(self):
        first = contested()
        answered(first, "reversed")
        comment = first.statement.comment
        take(comment, Action.HIDE)
        second = StatementOfReasons.objects.standing().get(comment=comment)
        contest(second, author=comment.author)
        assert Appeal.objects.count() == 2
        assert Appeal.objects.open().get().statement == second


class TestAnswering:
    def test_reversing_restores_the_comment_at_its_place_and_date(self, client):
        before = CommentFactory(published=True, text="Avant.")
        appeal = contested(article=before.article, text="Contesté.")
        comment = appeal.statement.comment
        after = CommentFactory(article=before.article, published=True, text="Après.")
        reply = CommentFactory(article=before.article, parent=comment, published=True)
        url = comment.article.get_absolute_url()
        place = (comment.position, comment.created_at, comment.depth)
        assert "Contesté." not in client.get(url).content.decode()
        answered(appeal, "reversed")
        shown = client.get(url).content.decode()
        places = [shown.index(f'id="comment-{c.pk}"') for c in (after, comment, reply)]
        assert [*places, shown.index("Avant.")] == sorted(
            [*places, shown.index("Avant.")]
        )
        comment.refresh_from_db()
        assert (comment.position, comment.created_at, comment.depth) == place
        comment.article.refresh_from_db()
        assert comment.article.comment_count == 4
        assert disagreements() == []

    def test_reversing_is_a_decision_that_lifts_the_statement(self):
        appeal, moderator = contested(), ModeratorFactory()
        found = answered(appeal, "reversed", by=moderator)
        decision = Decision.objects.first()
        statement = StatementOfReasons.objects.get()
        assert (found.state, found.outcome) == ("answered", "reversed")
        assert found.decision == statement.lifted_by == decision
        assert (decision.action, decision.moderator) == ("publish", moderator)
        assert decision.note == found.reasoning == WHY

    def test_upholding_changes_nothing_but_the_appeal(self):
        appeal, moderator = contested(), ModeratorFactory()
        decisions = Decision.objects.count()
        found = answered(appeal, "upheld", by=moderator)
        assert (found.state, found.outcome) == ("answered", "upheld")
        assert (found.decision, found.moderator) == (None, moderator)
        assert Decision.objects.count() == decisions
        assert StatementOfReasons.objects.standing().get() == appeal.statement
        appeal.statement.comment.refresh_from_db()
        assert appeal.statement.comment.status == Comment.Status.HIDDEN

    def test_whoever_hid_it_does_not_answer(self, settings):
        moderator = ModeratorFactory()
        appeal = contested(by=moderator)
        for outcome in ("upheld", "reversed"):
            with pytest.raises(OwnDecision, match="un autre modérateur"):
                answered(appeal, outcome, by=moderator)
        assert Appeal.objects.open().get() == appeal
        settings.APPEAL_BY_ANOTHER = False
        assert answered(appeal, "upheld", by=moderator).moderator == moderator

    def test_nor_does_whoever_hid_it_before(self):
        """Else two could each answer for what the other repeated."""
        first, second = ModeratorFactory(), ModeratorFactory()
        statement = hidden(by=first)
        restoring = take(statement.comment, Action.PUBLISH, by=second)
        undo(restoring, by=second)
        again = StatementOfReasons.objects.standing().get()
        appeal = contest(again, author=statement.comment.author)
        for moderator in (first, second):
            with pytest.raises(OwnDecision):
                answered(appeal, "upheld", by=moderator)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"reasoning": " \u200b\n"}, "reasoning"),
            ({"reasoning": "a" * 2001}, "reasoning"),
            ({"reasoning": "nul \x00"}, "reasoning"),
            ({"outcome": "moot"}, "outcome"),
            ({"outcome": ""}, "outcome"),
        ],
    )
    def test_needs_an_outcome_and_reasons(self, given, field):
        appeal = contested()
        with pytest.raises(InvalidDecision) as refused:
            answer_appeal(
                appeal,
                by=ModeratorFactory(),
                **{"outcome": "upheld", "reasoning": WHY, **seen(appeal), **given},
            )
        assert refused.value.field == field
        assert Appeal.objects.open().exists()

    @pytest.mark.parametrize("first", ["upheld", "reversed"])
    def test_is_done_once(self, first):
        appeal = contested()
        looked = seen(appeal)
        won = answered(appeal, first)
        with pytest.raises(AlreadyAnswered, match="Un autre modérateur a répondu"):
            answer_appeal(
                appeal,
                outcome="upheld",
                by=ModeratorFactory(),
                reasoning="Autre chose.",
                **looked,
            )
        assert Appeal.objects.get() == won
        assert Appeal.objects.get().reasoning == WHY

    def test_refuses_a_stale_text(self):
        appeal = contested()
        looked = seen(appeal)
        add_revision(appeal.statement.comment, "L’auteur a changé ceci.")
        with pytest.raises(AlreadyDecided, match="modifié"):
            answer_appeal(
                appeal,
                outcome="reversed",
                by=ModeratorFactory(),
                reasoning=WHY,
                **looked,
            )
        appeal.statement.comment.refresh_from_db()
        assert appeal.statement.comment.status != Comment.Status.PUBLISHED
        assert Appeal.objects.open().exists()


class TestOtherDecisions:
    """What lifts the statement in another way leaves the appeal without object."""

    @pytest.mark.parametrize("action", [Action.PUBLISH, Action.HOLD, Action.HIDE])
    def test_close_the_appeal(self, action):
        appeal = contested()
        looked = seen(appeal)
        decision = take(appeal.statement.comment, action)
        found = Appeal.objects.get()
        assert (found.state, found.outcome) == ("answered", "moot")
        assert found.decision == decision
        assert (found.moderator, found.reasoning) == (None, "")
        with pytest.raises(AlreadyAnswered, match="Une autre décision"):
            answer_appeal(
                appeal,
                outcome="upheld",
                by=ModeratorFactory(),
                reasoning=WHY,
                **looked,
            )

    def test_so_does_undoing_the_hiding(self):
        appeal = contested()
        undone = undo(appeal.statement.decision, by=ModeratorFactory())
        found = Appeal.objects.get()
        assert (found.outcome, found.decision) == ("moot", undone)

    def test_undoing_a_reversal_gives_a_statement_to_contest_anew(self):
        appeal = contested()
        won = answered(appeal, "reversed")
        undo(won.decision, by=ModeratorFactory())
        won.refresh_from_db()
        assert won.outcome == "reversed"  # what was answered was answered
        again = StatementOfReasons.objects.standing().get()
        assert again != appeal.statement
        assert contest(again, author=appeal.statement.comment.author).pk


class TestReporters:
    """Who had been told « masqué » is told that it no longer is (TRUST L-07)."""

    def test_are_answered_anew_by_a_reversal(
        self, client, django_capture_on_commit_callbacks
    ):
        reader = ReaderFactory()
        comment = CommentFactory(author=reader.commenter, published=True)
        with django_capture_on_commit_callbacks(execute=True):
            report = ReportFactory(comment=comment, email="rita@journal.example")
            take(comment, Action.HIDE)
        appeal = contest(comment.statements.get(), author=reader.commenter)
        url = f"/signalements/{report.reference}/"
        assert "les lecteurs ne le voient plus" in client.get(url).content.decode()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answered(appeal, "reversed")
        report.refresh_from_db()
        assert (report.outcome, report.decision) == ("kept", Decision.objects.first())
        (told,) = (m for m in mail.outbox if m.to == ["rita@journal.example"])
        assert "Son auteur a contesté cette décision" in told.body
        assert "son auteur a contesté" in client.get(url).content.decode()

    def test_hear_nothing_of_one_that_fails(self, django_capture_on_commit_callbacks):
        reader = ReaderFactory()
        comment = CommentFactory(author=reader.commenter, published=True)
        report = ReportFactory(comment=comment)
        take(comment, Action.HIDE)
        call_command("send_notices", verbosity=0)
        appeal = contest(comment.statements.get(), author=reader.commenter)
        with django_capture_on_commit_callbacks(execute=True):
            answered(appeal, "upheld")
        report.refresh_from_db()
        assert report.outcome == "upheld"
        assert [m.to for m in mail.outbox if m.to == [report.email]] == [
            [report.email]
        ] * 2  # the receipt and the answer


class TestKept:
    """The database refuses what nobody may do, whatever the code (TRUST L-19)."""

    @pytest.mark.parametrize(
        "change",
        [{"argument": "Autre."}, {"created_at": datetime(2020, 1, 1, tzinfo=UTC)}],
    )
    def test_what_was_asked(self, change):
        contested()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Appeal.objects.update(**change)

    @pytest.mark.parametrize(
        "change",
        [
            {"reasoning": "Autre."},
            {"outcome": "upheld", "decision": None},
            {"answered_at": datetime(2020, 1, 1, tzinfo=UTC)},
            {
                "state": "open",
                "outcome": "",
                "decision": None,
                "moderator": None,
                "reasoning": "",
                "answered_at": None,
            },
        ],
    )
    def test_what_was_answered(self, change):
        answered(contested(), "reversed")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Appeal.objects.update(**change)

    def test_nothing_is_deleted(self):
        appeal = contested()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            appeal.delete()

    @pytest.mark.parametrize(
        "change",
        [
            {"state": "answered"},
            {"outcome": "upheld"},
            {"reasoning": "Rien."},
            {"state": "answered", "outcome": "upheld", "reasoning": "Sans modérateur."},
            {"state": "answered", "outcome": "moot"},
            {"told_at": datetime(2026, 1, 1, tzinfo=UTC)},
        ],
    )
    def test_state_and_outcome_agree(self, change):
        contested()
        with (
            pytest.raises(IntegrityError, match="appeal_has_one_outcome"),
            transaction.atomic(),
        ):
            Appeal.objects.update(**change)


@pytest.mark.parametrize("count", [1, 8])
def test_as_many_queries_for_many_as_for_one(count, django_assert_num_queries):
    from moderation.statements import write_statements

    appeals = [contested() for _ in range(count)]
    decisions = [
        Decision.objects.create(
            comment=a.statement.comment,
            revision_id=a.statement.comment.revision_id,
            action="publish",
            moderator=ModeratorFactory(),
            status_before="hidden",
            status_after="published",
        )
        for a in appeals
    ]
    with django_assert_num_queries(4):  # standing, lifted, appeals, closed
        write_statements(decisions)
    assert not Appeal.objects.open().exists()


def _errors():
    return [e.id for e in run_checks() if e.id.startswith("moderation.")]


def test_own_pages_lead_there_in_two_clicks():
    """« Contester », then « Envoyer »."""
    statement = hidden(reader := ReaderFactory())
    client = Client()
    client.force_login(reader)
    link = reverse("appeal", args=[statement.puid])
    assert f'href="{link}"' in client.get(reverse("my_comments")).content.decode()
    assert client.post(link).status_code == 302
    assert Appeal.objects.get().statement == statement
