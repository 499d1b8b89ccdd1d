"""Who is offered what, what he may say of it, and what closes a look unjudged."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.models import Comment
from comments.services import add_revision
from moderation.errors import InvalidDecision, OwnDecision
from moderation.models import AuditDay, Decision, SecondLook
from moderation.second_looks.drawing import audit
from moderation.second_looks.judging import (
    NothingToJudge,
    close_moot,
    judge,
    offer_next,
)
from moderation.services import reimport_comment, undo
from tests.factories import CommentFactory, ModeratorFactory
from tests.moderation.contesting import take
from tests.moderation.ledger import disagreements
from tests.moderation.second_looks.looking import drawn, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def second():
    return ModeratorFactory()


def state_of(comment):
    found = Comment.objects.values().get(pk=comment.pk)
    queued = Comment.objects.filter(pk=comment.pk, queue_entry__isnull=False).exists()
    return found, queued, list(comment.decisions.values())


class TestOffering:
    def test_never_to_who_decided(self, first, second):
        look = drawn(by=first)
        assert offer_next(first) is None
        assert offer_next(second) == look

    def test_nor_to_who_ever_decided_on_it(self, first, second):
        look = drawn("publish", by=first)
        take(look.comment, "hide", second)
        looks = SecondLook.objects.filter(comment=look.comment)
        assert looks.count() == 2
        assert not SecondLook.objects.for_judge(first).exists()
        assert not SecondLook.objects.for_judge(second).exists()
        assert offer_next(ModeratorFactory()) == look

    def test_nor_to_who_wrote_it(self, first, second):
        look = drawn(by=first, author=second.commenter)
        assert offer_next(second) is None
        assert offer_next(ModeratorFactory()) == look

    def test_oldest_first_and_to_one_at_a_time(self, first, second):
        looks = [drawn(by=first) for _ in range(3)]
        third = ModeratorFactory()
        assert offer_next(second) == looks[0]
        assert offer_next(third) == looks[1]
        assert offer_next(second) == looks[0]  # asked again: still his
        assert offer_next(third) == looks[1]

    def test_a_claim_ends(self, first, second, time_machine):
        look = drawn(by=first)
        assert offer_next(second) == look
        assert offer_next(ModeratorFactory()) is None
        time_machine.move_to(timezone.now() + timedelta(minutes=11))
        third = ModeratorFactory()
        assert offer_next(third) == look
        with pytest.raises(NothingToJudge):
            judge(look, by=second, action="publish")

    def test_a_late_judgement_counts_while_nobody_else_took_it(
        self, first, second, time_machine
    ):
        look = drawn(by=first)
        offer_next(second)
        time_machine.move_to(timezone.now() + timedelta(hours=2))
        assert judge(look, by=second, action="publish").state == "judged"

    @pytest.mark.parametrize("count", [2, 9])
    def test_costs_a_fixed_number_of_queries(
        self, first, second, count, django_assert_num_queries
    ):
        for _ in range(count):
            drawn(by=first)
        with django_assert_num_queries(6):  # two of them the savepoint's
            assert offer_next(second)
        with django_assert_num_queries(4):
            assert offer_next(second)


class TestJudging:
    @pytest.mark.parametrize("action", ["publish", "hide"])
    @pytest.mark.parametrize("before", ["publish", "hide"])
    def test_changes_nothing_about_the_comment(self, before, action, first, second):
        look = drawn(before, by=first)
        as_it_was = state_of(look.comment)
        done = judged(look, action, by=second)
        assert state_of(look.comment) == as_it_was
        assert (done.state, done.action, done.moderator) == ("judged", action, second)
        assert done.reason == ("injure" if action == "hide" else "")
        assert done.agrees == (action == before)
        assert Decision.objects.count() == 1
        assert not disagreements()

    def test_publishing_keeps_no_reason(self, first, second):
        look = drawn(by=first)
        assert judged(look, "publish", by=second, reason="injure").reason == ""

    @pytest.mark.parametrize(
        ("action", "reason", "note", "field"),
        [
            ("", "", "", "action"),
            ("hold", "", "", "action"),
            ("hide", "", "", "reason"),
            ("hide", "inconnu", "", "reason"),
            ("hide", "autre", "court", "note"),
            ("publish", "", "nul\x00", "note"),
        ],
    )
    def test_refuses_what_is_no_judgement(
        self, action, reason, note, field, first, second
    ):
        look = drawn(by=first)
        offer_next(second)
        with pytest.raises(InvalidDecision) as refused:
            judge(look, by=second, action=action, reason=reason, note=note)
        assert refused.value.field == field
        look.refresh_from_db()
        assert look.state == "open"

    def test_is_done_once(self, first, second):
        look = judged(drawn(by=first), by=second)
        for other in (second, ModeratorFactory()):
            with pytest.raises(NothingToJudge) as refused:
                judge(look, by=other, action="publish")
            assert refused.value.latest is None  # he must not learn what was decided
        look.refresh_from_db()
        assert look.action == "hide"

    def test_is_for_who_has_it_before_him(self, first, second):
        look = drawn(by=first)
        with pytest.raises(NothingToJudge):
            judge(look, by=second, action="publish")

    def test_not_for_who_decided_meanwhile(self, first, second):
        look = drawn("publish", by=first)
        offer_next(second)
        take(look.comment, "hide", second)
        with pytest.raises(OwnDecision):
            judge(look, by=second, action="publish")
        assert SecondLook.objects.get(pk=look.pk).state == "open"
        other = drawn(by=first)
        assert offer_next(second) == other  # he is not held up


def undone(look):
    undo(look.decision, by=look.decision.moderator)


def edited(look):
    reimport_comment(Comment.objects.get(pk=look.comment_id), "Un autre texte.")


def rewritten(look):
    add_revision(look.comment, "Un autre texte.")


def deleted(look):
    Comment.objects.filter(pk=look.comment_id).update(status="deleted")


def forgotten(look):
    long_ago = timezone.now() - timedelta(days=91)
    SecondLook.objects.filter(pk=look.pk).update(created_at=long_ago)


ENDINGS = [undone, edited, rewritten, deleted, forgotten]


@pytest.mark.parametrize("ending", ENDINGS)
class TestMoot:
    def test_is_not_offered_but_closed(self, ending, first, second):
        look, other = drawn(by=first), drawn(by=first)
        ending(look)
        assert offer_next(second) == other
        look.refresh_from_db()
        assert (look.state, look.moderator, look.action) == ("moot", None, "")
        assert look.closed_at is not None

    def test_cannot_be_judged_any_more(self, ending, first, second):
        look = drawn(by=first)
        assert offer_next(second) == look
        ending(look)
        for _ in range(2):
            with pytest.raises(NothingToJudge):
                judge(look, by=second, action="hide", reason="injure")
            assert SecondLook.objects.get().state == "moot"

    def test_once_judged_it_stays_so(self, ending, first, second):
        look = judged(drawn(by=first), by=second)
        ending(look)
        assert close_moot() == 0
        look.refresh_from_db()
        assert (look.state, look.action) == ("judged", "hide")


def test_another_decision_is_no_reason_to_close(first, second):
    """What was decided first remains to be judged: overruled ones above all."""
    look = drawn("publish", by=first)
    take(look.comment, "hide")
    assert close_moot() == 0
    assert offer_next(second) == look


def test_what_is_audited_may_be_hidden_meanwhile(settings, second):
    settings.SECOND_LOOK_AUDITS = 10**6
    day = timezone.localdate()
    comment = CommentFactory(published=True)
    audit(day)
    take(comment, "hide")
    look = offer_next(second)
    assert look.audit.day == day
    assert judge(look, by=second, action="hide", reason="injure").agrees is False


def test_comments_may_be_deleted_with_their_looks(settings):
    """No decision on them: the database would refuse."""
    settings.SECOND_LOOK_AUDITS = 10**6
    comment = CommentFactory(published=True)
    audit(timezone.localdate())
    assert SecondLook.objects.count() == 1
    Comment.objects.filter(pk=comment.pk).update(revision=None)
    comment.refresh_from_db()
    comment.delete()
    assert (SecondLook.objects.count(), AuditDay.objects.count()) == (0, 1)


def test_an_account_that_leaves_holds_nothing_back(first, second):
    look = drawn(by=first)
    gone = ModeratorFactory()
    offer_next(gone)
    gone.commenter.delete()
    gone.delete()
    assert offer_next(second) == look


@pytest.mark.parametrize(
    "change",
    [
        {"state": "judged"},
        {"state": "moot"},
        {"action": "hide"},
        {"note": "Vu."},
        {"closed_at": timezone.now()},
        {"decision": None},
        {"state": "judged", "action": "hide", "closed_at": timezone.now()},
    ],
)
def test_the_database_refuses_half_a_state(change, first, second):
    look = drawn(by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.filter(pk=look.pk).update(**change)


@pytest.mark.parametrize("change", [{"reason": ""}, {"action": "publish"}])
def test_the_database_ties_reason_to_hiding(change, first, second):
    look = judged(drawn(by=first), by=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.filter(pk=look.pk).update(**change)
