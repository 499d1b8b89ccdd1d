"""Moderators who ask for a second look, or judge one, at the same moment."""

from functools import partial

import pytest

from moderation.models import SecondLook
from moderation.second_looks.judging import NothingToJudge, judge, offer_next
from moderation.services import undo
from tests.factories import ModeratorFactory
from tests.moderation.rounds import ROUNDS
from tests.moderation.second_looks.looking import drawn

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_no_two_are_offered_the_same(_round, at_once):
    first = ModeratorFactory()
    looks = [drawn(by=first) for _ in range(3)]
    people = [ModeratorFactory() for _ in range(4)]
    offered = at_once([partial(offer_next, person) for person in people])
    assert [o for o in offered if isinstance(o, Exception)] == []
    taken = [look.pk for look in offered if look is not None]
    assert sorted(taken) == [look.pk for look in looks]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_judgement_and_an_undoing(_round, at_once):
    first, second = ModeratorFactory(), ModeratorFactory()
    look = drawn(by=first)
    assert offer_next(second) == look
    said, undone = at_once(
        [
            partial(judge, look, by=second, action="publish"),
            partial(undo, look.decision, by=first),
        ]
    )
    assert not isinstance(undone, Exception)
    look = SecondLook.objects.get()
    if isinstance(said, Exception):
        assert isinstance(said, NothingToJudge)
        assert look.state == "moot"
    else:
        assert (look.state, look.action) == ("judged", "publish")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_judgement_sent_twice_is_kept_once(_round, at_once):
    second = ModeratorFactory()
    look = drawn()
    offer_next(second)
    done = at_once([partial(judge, look, by=second, action="publish")] * 2)
    assert sum(isinstance(each, NothingToJudge) for each in done) == 1
    assert SecondLook.objects.judged().count() == 1
