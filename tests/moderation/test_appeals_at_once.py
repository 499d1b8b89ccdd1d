"""Authors and moderators on one appeal at the same moment, on real connections."""

from collections import Counter

import pytest
from django.core import mail
from django.core.management import call_command

from comments.models import Comment
from moderation.appeals import answer_appeal, contest
from moderation.errors import AlreadyAnswered, AlreadyDecided, NothingToContest
from moderation.models import Action, Appeal, Decision, StatementOfReasons
from moderation.services import decide
from tests.factories import ModeratorFactory
from tests.moderation.contesting import WHY, contested, hidden, seen
from tests.moderation.ledger import disagreements
from tests.moderation.rounds import ROUNDS

pytestmark = pytest.mark.usefixtures("transactional_db")


def outcomes(results):
    return Counter(type(result) for result in results)


def answering(appeal, outcome, by, looked):
    return lambda: answer_appeal(
        Appeal.objects.get(pk=appeal.pk),
        outcome=outcome,
        by=by,
        reasoning=WHY,
        **looked,
    )


def deciding(appeal, by, looked):
    return lambda: decide(
        Comment.objects.get(pk=appeal.statement.comment_id),
        action=Action.PUBLISH,
        by=by,
        **looked,
    )


def test_one_answer_wins(at_once):
    moderators = [ModeratorFactory() for _ in range(10)]
    for _ in range(ROUNDS):
        mail.outbox.clear()
        appeal = contested()
        looked = seen(appeal)
        calls = [
            answering(appeal, ("upheld", "reversed")[n % 2], by, looked)
            for n, by in enumerate(moderators)
        ]
        results = at_once(calls)
        assert outcomes(results) == {Appeal: 1, AlreadyAnswered: 9}
        (won,) = (r for r in results if isinstance(r, Appeal))
        assert Appeal.objects.get(pk=appeal.pk).outcome == won.outcome
        comment = Comment.objects.get(pk=appeal.statement.comment_id)
        shown = won.outcome == "reversed"
        assert (comment.status == Comment.Status.PUBLISHED) == shown
        call_command("send_notices", verbosity=0)
        assert len([m for m in mail.outbox if "contestation" in m.subject]) == 1
    assert disagreements() == []


def test_an_answer_and_another_decision(at_once):
    moderators = [ModeratorFactory() for _ in range(6)]
    for _ in range(ROUNDS * 2):
        appeal = contested()
        looked = seen(appeal)
        results = at_once(
            [answering(appeal, "reversed", by, looked) for by in moderators[:3]]
            + [deciding(appeal, by, looked) for by in moderators[3:]]
        )
        kinds = outcomes(results)
        assert kinds[Appeal] + kinds[Decision] == 1
        assert kinds[AlreadyAnswered] + kinds[AlreadyDecided] == 5
        found = Appeal.objects.get(pk=appeal.pk)
        assert found.outcome == ("reversed" if kinds[Appeal] else "moot")
        statement = StatementOfReasons.objects.get(pk=appeal.statement_id)
        assert found.decision_id == statement.lifted_by_id is not None
    assert disagreements() == []


def test_no_appeal_stays_open_on_what_is_being_restored(at_once):
    moderator = ModeratorFactory()
    for _ in range(ROUNDS * 2):
        statement = hidden()
        comment = statement.comment
        looked = {"after": statement.decision_id, "revision": comment.revision_id}

        def contesting(statement=statement, author=comment.author):
            return contest(statement, author=author)

        def restoring(comment=comment, looked=looked):
            return decide(
                Comment.objects.get(pk=comment.pk),
                action=Action.PUBLISH,
                by=moderator,
                **looked,
            )

        results = at_once([contesting] * 3 + [restoring] + [contesting] * 3)
        kinds = outcomes(results)
        assert kinds[Decision] == 1
        assert kinds[Appeal] + kinds[NothingToContest] == 6
        found = Appeal.objects.filter(statement=statement)
        assert found.count() == (1 if kinds[Appeal] else 0)
        assert not found.open().exists()
