"""The periods of the dashboard: their bounds, their steps, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from moderation.periods import days, last_days, last_hours, midnight
from tests.factories import ModeratorFactory
from tests.moderation.desk_pages import page
from tests.spaces import spaced

BOARD = "/moderation/tableau/"
NOW = datetime(2026, 11, 24, 16, 40, tzinfo=UTC)  # 18 h 40 in Beirut


def test_last_hours_end_now_and_begin_with_an_hour():
    period = last_hours(24, now=NOW)
    assert period.start == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert (period.end, period.step, len(period.steps())) == (NOW, "hour", 24)
    assert period.steps()[0] == datetime(2026, 11, 23, 19)  # noqa: DTZ001


def test_last_days_begin_at_the_newspaper_s_midnight():
    period = last_days(7, now=NOW)
    assert period.start == datetime(2026, 11, 17, 22, tzinfo=UTC)
    assert (period.end, period.step, len(period.steps())) == (NOW, "day", 7)


def test_the_time_before_is_exactly_as_long():
    period = last_days(7, now=NOW)
    before = period.before
    assert before.end == period.start
    assert before.end - before.start == period.end - period.start


def test_days_stop_at_this_moment():
    period = days(date(2026, 11, 24), date(2026, 12, 31), now=NOW)
    assert (period.start, period.end) == (midnight(date(2026, 11, 24)), NOW)


def test_an_hour_that_clocks_show_twice_is_one_step():
    period = days(date(2026, 10, 24), date(2026, 10, 24), now=NOW)
    assert period.end - period.start == timedelta(hours=25)
    assert len(period.steps()) == len(set(period.steps())) == 24


def test_midnight_that_clocks_skip_is_the_day_s_first_moment():
    period = days(date(2026, 3, 29), date(2026, 3, 29), now=NOW)
    assert period.end - period.start == timedelta(hours=23)
    assert len(period.steps()) == 23


@pytest.fixture
def desk(client, db, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(ModeratorFactory())
    return client


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"periode": "99j"}, "99j"),
        ({"du": "2026-11-20"}, "Donnez les deux dates."),
        ({"au": "2026-11-20"}, "Donnez les deux dates."),
        ({"du": "2026-11-20", "au": "2026-11-19"}, "Ce jour est avant le premier."),
        ({"du": "2026-11-25", "au": "2026-11-26"}, "Ce jour n’est pas encore venu."),
        ({"du": "0001-01-01", "au": "0001-01-02"}, "Choisissez un jour après 1999."),
        ({"du": "2026-01-01", "au": "2026-11-20"}, "Choisissez 92 jours au plus."),
        ({"du": "hier", "au": "2026-11-20"}, "Saisissez une date valide."),
        ({"du": "\x00", "au": "2026-11-20"}, "Saisissez une date valide."),
        ({"du": "2026-02-30", "au": "\ud800"}, "Saisissez une date valide."),
    ],
)
@pytest.mark.parametrize("address", [BOARD, f"{BOARD}motifs.csv"])
def test_a_period_that_is_not_understood_is_said_so(desk, address, query, told):
    query = {k: v.encode("utf-8", "surrogatepass") for k, v in query.items()}
    found = page(desk.get(address, query), status=422)
    assert told in spaced(found.select_one(".board-dates").text)
    assert found.title.text.startswith("Erreur")
    assert not found.select(".board-part")
    if query.get("du", b"").startswith(b"2026"):
        assert found.select_one("[name=du]")["value"] == query["du"].decode()


def test_the_last_day_may_be_to_come(desk):
    found = page(desk.get(BOARD, {"du": "2026-11-24", "au": "9999-12-31"}))
    assert (
        len(found.select("#evolution tbody tr")) == 19
    )  # hours, with the one under way
