"""The dashboard's figures in the API: those of the page, refusals, who reads whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from moderation.dashboard import Dashboard
from moderation.period_form import PeriodForm
from tests.factories import ModeratorFactory
from tests.moderation.random_days import BEGINS, Newspaper

pytestmark = pytest.mark.django_db
FIGURES = "/api/v1/moderation/figures/"


@pytest.fixture
def paper(time_machine):
    made = Newspaper(5, time_machine)
    made.operate(120, apart=timedelta(minutes=20))
    return made


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, {"periode": "7j"}),
        ({"period": "24h"}, {"periode": "24h"}),
        (
            {"first": "2026-10-20", "last": "2026-10-21"},
            {"du": "2026-10-20", "au": "2026-10-21"},
        ),
    ],
)
def test_figures_are_those_of_the_dashboard(paper, signed_in, query, asked):
    chief = User.objects.create_superuser("chef")
    data = signed_in(chief).get(FIGURES, query).json()
    form = PeriodForm(asked, now=paper.now)
    assert form.is_valid()
    board = Dashboard(form.period(), reader=chief)
    total = board.course.total
    assert data["total"]["received"] == total.received > 0
    assert data["total"]["hidden"] == total.hid > 0
    assert data["before"]["received"] == board.course.before.received
    assert sum(step["undone"] for step in data["steps"]) == total.undone
    assert len(data["steps"]) == len(board.period.steps())
    assert data["waiting"] == board.waiting
    assert data["delays"]["median"] == round(board.delays[0].median.total_seconds())
    assert [c["at_most"] for c in data["by_delay"]] == [
        300,
        900,
        3600,
        14400,
        86400,
        None,
    ]
    assert sum(c["now"] for c in data["by_delay"]) == data["delays"]["decisions"]
    assert [r["reason"] for r in data["reasons"]] == [r.reason for r in board.reasons]
    assert [r["share"] for r in data["rules"]] == [r.share for r in board.rules]
    assert [r["low"] for r in data["rules"]] == [
        r.interval and r.interval[0] for r in board.rules
    ]
    assert [h["article"] for h in data["articles"]] == [h.slug for h in board.articles]
    names = [person["name"] for person in data["moderators"]]
    assert sorted(names) == ["Ali", "Zoé", "Émile"]
    assert data["all_moderators"]["hidden"] == total.hid


def test_a_moderator_reads_his_own_line(paper, signed_in):
    mine = paper.moderators[0]
    data = signed_in(mine).get(FIGURES).json()
    assert [person["name"] for person in data["moderators"]] == ["Zoé"]
    assert data["all_moderators"]["hidden"] > data["moderators"][0]["hidden"]


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ({"period": "99d"}, "period"),
        ({"first": "hier", "last": "2026-10-20"}, "first"),
        ({"first": "2026-10-20"}, "last"),
        ({"first": "2026-10-20", "last": "2026-10-19"}, "last"),
        ({"first": "2027-10-20", "last": "2027-10-21"}, "first"),
        ({"first": "0001-01-01", "last": "9999-12-31"}, "first"),
    ],
)
def test_a_period_that_is_not_understood_is_refused(
    signed_in, time_machine, query, attr
):
    time_machine.move_to(BEGINS)
    answer = signed_in(ModeratorFactory()).get(FIGURES, query)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["attr"] == attr
    assert error["detail"]


def test_an_empty_newspaper_has_figures_too(signed_in, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 16, 40, tzinfo=UTC), tick=False)
    data = signed_in(ModeratorFactory()).get(FIGURES).json()
    assert data["start"] == "2026-11-18T00:00:00+02:00"
    assert data["end"] == "2026-11-24T18:40:00+02:00"
    assert data["steps"][0]["begins"] == "2026-11-18T00:00"
    assert set(data["total"].values()) == {0}
    assert data["delays"] == {"decisions": 0, "median": None, "ninetieth": None}
    assert (data["rules"], data["articles"], data["moderators"]) == ([], [], [])
