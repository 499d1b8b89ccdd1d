"""What is drawn: a fixed, keyed share of decisions, and of unflagged comments by day."""

from datetime import UTC, date, datetime, timedelta
from math import sqrt

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, transaction

from comments.models import Comment
from moderation.batches import run_batch
from moderation.models import AuditDay, Decision, Flag, SecondLook
from moderation.second_looks import drawing
from moderation.second_looks.drawing import Sample, is_drawn
from moderation.services import undo
from tests.factories import CommentFactory, ModeratorFactory
from tests.moderation.batch_worlds import batch_on_all, waiting
from tests.moderation.contesting import answered, contested, take

KEYS = range(1, 20_001)


class TestShare:
    @pytest.mark.parametrize("share", [0.02, 0.3])
    def test_is_what_was_asked_for(self, share):
        found = sum(is_drawn(Sample.DECISIONS, key, share) for key in KEYS)
        spread = sqrt(len(KEYS) * share * (1 - share))
        assert abs(found - share * len(KEYS)) < 4 * spread

    def test_all_or_nothing(self):
        assert all(is_drawn(Sample.DECISIONS, key, 1.0) for key in KEYS)
        assert not any(is_drawn(Sample.DECISIONS, key, 0.0) for key in KEYS)

    def test_greater_share_adds_and_takes_nothing_away(self):
        few = {key for key in KEYS if is_drawn(Sample.AUDIT, key, 0.02)}
        more = {key for key in KEYS if is_drawn(Sample.AUDIT, key, 0.05)}
        assert few < more

    def test_nobody_without_the_key_knows_it(self, settings):
        def sample(of):
            return {key for key in KEYS if is_drawn(of, key, 0.02)}

        before = sample(Sample.DECISIONS)
        assert sample(Sample.DECISIONS) == before
        assert len(before & sample(Sample.AUDIT)) < len(before) / 4
        settings.SECRET_KEY = "another"
        assert len(before & sample(Sample.DECISIONS)) < len(before) / 4

    @pytest.mark.parametrize("share", [-0.1, 1.5])
    def test_what_is_no_share_is_refused(self, settings, share):
        assert not run_checks()
        settings.SECOND_LOOK_SHARE = share
        assert [error.id for error in run_checks()] == ["moderation.E002"]

    def test_fewer_audits_than_none_are_refused(self, settings):
        settings.SECOND_LOOK_AUDITS = -1
        assert [error.id for error in run_checks()] == ["moderation.E003"]


@pytest.mark.django_db
class TestDecisions:
    @pytest.mark.parametrize("action", ["publish", "hide"])
    def test_are_drawn_as_they_are_recorded(self, action):
        comment = CommentFactory()
        decision = take(comment, action)
        look = SecondLook.objects.get()
        assert (look.decision, look.comment) == (decision, comment)
        assert look.revision_id == decision.revision_id
        assert (look.state, look.created_at) == ("open", decision.created_at)

    def test_holding_and_undoing_are_not(self):
        take(CommentFactory(), "hold")
        assert not SecondLook.objects.exists()
        decision = take(CommentFactory(), "publish")
        assert SecondLook.objects.count() == 1
        undo(decision, by=ModeratorFactory())
        assert SecondLook.objects.count() == 1

    def test_answers_to_appeals_are_not(self):
        appeal = contested()
        assert SecondLook.objects.get().decision == appeal.statement.decision
        answered(appeal, "reversed")
        assert SecondLook.objects.count() == 1

    def test_what_the_rules_decide_is_not(self):
        waiting(2)
        assert Decision.objects.count() == 2
        assert not SecondLook.objects.exists()

    def test_those_of_a_batch_are_drawn_one_by_one(self):
        waiting(5)
        run_batch(batch_on_all(ModeratorFactory()))
        looks = SecondLook.objects.values_list("decision", flat=True)
        taken = Decision.objects.filter(moderator__isnull=False)
        assert set(looks) == set(taken.values_list("pk", flat=True))
        assert len(looks) == 5

    def test_share_decides_which(self, settings):
        settings.SECOND_LOOK_SHARE = 0.5
        waiting(30)
        run_batch(batch_on_all(ModeratorFactory()))
        taken = Decision.objects.filter(moderator__isnull=False)
        keys = set(taken.values_list("pk", flat=True))
        expected = {key for key in keys if is_drawn(Sample.DECISIONS, key, 0.5)}
        assert set() < expected < keys
        assert set(SecondLook.objects.values_list("decision", flat=True)) == expected

    def test_cost_one_query_if_any_is_drawn(
        self, settings, django_assert_max_num_queries
    ):
        """However many: a whole chunk is inserted at once."""
        counts = []
        for share, count in ((0.0, 2), (1.0, 2), (0.0, 20), (1.0, 20)):
            waiting(count)
            settings.SECOND_LOOK_SHARE = share
            batch = batch_on_all(ModeratorFactory())
            with django_assert_max_num_queries(40) as asked:
                run_batch(batch)
            counts.append(len(asked))
        none, some, none_of_many, some_of_many = counts
        assert (some, some_of_many) == (none + 1, none_of_many + 1)


NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY = date(2026, 3, 13)  # a week before NOON


def received(count, at=NOON - timedelta(days=7), flagged=False, **kwargs):
    made = [CommentFactory(received_at=at, **kwargs) for _ in range(count)]
    for comment in made if flagged else ():
        Flag.objects.create(
            revision=comment.revision,
            rule="lexicon",
            rule_version=1,
            category="insult",
            severity="medium",
            start=0,
            end=2,
            text="Un",
            explanation={"fr": "Parce que."},
        )
    return made


def draw(capsys):
    call_command("draw_second_looks")
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db
class TestAudit:
    @pytest.fixture(autouse=True)
    def _now(self, time_machine):
        time_machine.move_to(NOON, tick=False)

    def test_draws_from_what_is_in_sight_and_no_rule_flagged(self, capsys):
        seen = received(3, published=True)
        received(2, flagged=True, published=True)
        received(4, flagged=True, hidden=True)
        received(1, hidden=True)
        received(2)  # they wait
        received(1, published=True, source="page")  # moderated elsewhere
        received(1, published=True, status="deleted")
        received(2, at=NOON - timedelta(days=6), published=True)
        received(2, at=NOON - timedelta(days=8), published=True)
        draw(capsys)
        day = AuditDay.objects.get()
        assert (day.day, day.unflagged) == (DAY, 3)
        assert (day.flagged_hidden, day.missed_hidden) == (4, 1)
        assert day.share == pytest.approx(400 / (3 * 365))
        expected = [c for c in seen if is_drawn(Sample.AUDIT, c.pk, day.share)]
        looks = SecondLook.objects.all()
        assert [look.comment for look in looks] == expected
        assert all(look.audit == day and look.decision is None for look in looks)

    def test_a_day_is_drawn_once(self, capsys, settings):
        settings.SECOND_LOOK_AUDITS = 10**6
        received(3, published=True)
        assert draw(capsys)[0] == "2026-03-13: 3 of 3 drawn"
        received(2, published=True)
        assert draw(capsys) == ["0 closed: nothing left to judge"]
        assert drawing.audit(DAY).unflagged == 3
        assert (AuditDay.objects.count(), SecondLook.objects.count()) == (1, 3)

    def test_missed_days_are_caught_up_but_not_for_ever(self, capsys, time_machine):
        received(1, published=True)
        draw(capsys)
        time_machine.move_to(NOON + timedelta(days=3), tick=False)
        days = [line.split(":")[0] for line in draw(capsys)[:-1]]
        assert days == ["2026-03-14", "2026-03-15", "2026-03-16"]
        time_machine.move_to(NOON + timedelta(days=200), tick=False)
        assert len(draw(capsys)[:-1]) == drawing.CATCHES_UP.days + 1

    def test_a_day_is_the_newspaper_s(self, capsys, settings):
        settings.SECOND_LOOK_AUDITS = 10**6
        night = datetime(2026, 3, 12, 22, 30, tzinfo=UTC)  # 0.30 in Beirut
        received(1, at=night, published=True)
        received(1, at=night - timedelta(hours=1), published=True)
        assert draw(capsys)[0] == "2026-03-13: 1 of 1 drawn"

    def test_chance_follows_the_year_before(self, settings):
        AuditDay.objects.create(
            day=DAY - timedelta(days=1),
            share=1,
            unflagged=29,
            flagged_hidden=0,
            missed_hidden=0,
        )
        AuditDay.objects.create(
            day=DAY - timedelta(days=400),
            share=1,
            unflagged=9000,
            flagged_hidden=0,
            missed_hidden=0,
        )
        received(1, published=True)
        assert drawing.audit(DAY).share == pytest.approx(400 / (15 * 365))

    def test_a_small_newspaper_looks_at_all(self, settings):
        settings.SECOND_LOOK_AUDITS = 400
        received(1, published=True)
        assert drawing.audit(DAY).share == 1.0
        assert drawing.audit(DAY - timedelta(days=1)).unflagged == 0

    def test_costs_a_fixed_number_of_queries(self, settings, django_assert_num_queries):
        settings.SECOND_LOOK_AUDITS = 10**6
        for day, count in ((DAY, 2), (DAY - timedelta(days=1), 12)):
            at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            received(count, at=at, published=True)
            # Two for the savepoint; comments, the year before, the day, its looks
            with django_assert_num_queries(6):
                assert drawing.audit(day).looks.model is SecondLook
        assert SecondLook.objects.count() == 14

    def test_a_text_is_audited_once(self):
        (comment,) = received(1, published=True)
        drawing.audit(DAY)
        other = AuditDay.objects.create(
            day=DAY + timedelta(days=1),
            share=1,
            unflagged=1,
            flagged_hidden=0,
            missed_hidden=0,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondLook.objects.create(
                comment=comment, revision=comment.revision, audit=other
            )

    def test_nothing_changes_for_the_comment(self, capsys):
        (comment,) = received(1, published=True)
        before = Comment.objects.values().get(pk=comment.pk)
        draw(capsys)
        assert SecondLook.objects.count() == 1
        assert Comment.objects.values().get(pk=comment.pk) == before
