"""Whatever is done: each appeal ends once, and its statement says the same."""

from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments.models import Comment
from moderation.appeals import answer_appeal, contest
from moderation.errors import AlreadyDecided, InvalidDecision, NothingToContest
from moderation.models import Action, Appeal, Decision, StatementOfReasons
from moderation.services import decide, submit_comment, undo
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.contesting import WHY
from tests.moderation.ledger import disagreements

STEPS = st.lists(
    st.sampled_from(
        [
            *Action,
            "undo",
            "contest",
            "contest",
            "upheld",
            "reversed",
            "late",  # an answer to a closed appeal
        ]
    ),
    min_size=2,
    max_size=12,
)


class TestAnySequence(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(steps=STEPS)
    def test_each_appeal_ends_in_one_outcome_that_its_statement_bears_out(self, steps):
        reader = ReaderFactory()
        self.moderators = [ModeratorFactory(first_name="Zénobie") for _ in range(2)]
        self.comment = submit_comment(
            article=ArticleFactory(), author=reader.commenter, text="Quel abruti."
        )
        mail.outbox.clear()
        ended = {}
        with self.captureOnCommitCallbacks(execute=True):
            for step in [Action.HIDE, *steps]:
                self._act(step)
                self._agrees(ended)
        assert disagreements() == []
        told = [m for m in mail.outbox if "contestation" in m.subject]
        assert len(told) == Appeal.objects.answered().count()
        assert not any("Zénobie" in m.body for m in told)

    def _act(self, step):
        self.comment.refresh_from_db()
        latest = self.comment.decisions.first()
        looked = {"after": latest.pk, "revision": self.comment.revision_id}
        first, second = self.moderators
        try:
            if step == "contest":
                statement = StatementOfReasons.objects.first()
                contest(statement, author=self.comment.author)
            elif step in ("upheld", "reversed", "late"):
                appeals = (
                    Appeal.objects.answered() if step == "late" else Appeal.objects
                )
                if appeal := appeals.last():
                    outcome = "upheld" if step == "late" else step
                    answer_appeal(
                        appeal, outcome=outcome, by=second, reasoning=WHY, **looked
                    )
            elif step == "undo":
                undo(latest, by=first)
            else:
                reason = "injure" if step == Action.HIDE else ""
                decide(self.comment, action=step, by=first, reason=reason, **looked)
        except (AlreadyDecided, InvalidDecision, NothingToContest):
            pass

    def _agrees(self, ended):
        for appeal in Appeal.objects.select_related("statement", "decision"):
            statement = appeal.statement
            answer = (appeal.outcome, appeal.decision_id, appeal.reasoning)
            if appeal.state == "open":
                assert answer == ("", None, "")
                assert statement.lifted_by_id is None
                assert statement.decision == Decision.objects.first()
                continue
            assert ended.setdefault(appeal.pk, answer) == answer
            if appeal.outcome == "upheld":
                assert (appeal.decision_id, appeal.reasoning) == (None, WHY)
                continue
            assert appeal.decision_id == statement.lifted_by_id is not None
            restored = appeal.decision.status_after == Comment.Status.PUBLISHED
            if appeal.outcome == "reversed":
                assert restored
                assert appeal.decision.moderator_id == appeal.moderator_id
