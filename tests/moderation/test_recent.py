"""Figures that are renewed behind the desk's answers."""

from threading import Event

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from moderation import facets, recent
from moderation.models import QueueEntry
from tests.factories import ArticleFactory, CommentFactory, ModeratorFactory

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE, COUNTS = "/moderation/", "/moderation/comptes/"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The clock of figures; other threads may renew them."""
    now = [1000.0]
    monkeypatch.setattr(recent, "monotonic", lambda: now[0])
    monkeypatch.setattr(recent, "STALE", 60)
    yield now
    renewed()


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def renewed():
    """Wait until what was to be renewed is."""
    recent._renewals.submit(lambda: None).result(timeout=20)


def backlog(desk):
    """How many comments wait under the article named beside the queue."""
    page = BeautifulSoup(desk.get(QUEUE).content, "lxml")
    (row,) = page.select("[aria-labelledby=retard] li")
    return int(row.select_one(".desk-count").text)


@pytest.fixture
def article():
    article = ArticleFactory()
    one_more(article)
    return article


def one_more(article):
    QueueEntry.objects.create(
        comment=CommentFactory(article=article), rank=0, waiting_since=timezone.now()
    )


def test_a_young_figure_is_shown_as_it_was(desk, article, clock):
    assert backlog(desk) == 1
    one_more(article)
    clock[0] += facets.SECONDS - 1
    assert backlog(desk) == 1
    renewed()
    assert backlog(desk) == 1


def test_an_old_figure_is_renewed_behind_the_answer(desk, article, clock):
    assert backlog(desk) == 1
    one_more(article)
    clock[0] += facets.SECONDS
    assert backlog(desk) == 1, "no answer waits for it"
    renewed()
    assert backlog(desk) == 2


def test_a_stale_figure_is_made_before_it_is_shown(desk, article, clock):
    assert backlog(desk) == 1
    one_more(article)
    clock[0] += facets.SECONDS + recent.STALE
    assert backlog(desk) == 2


def test_a_desk_that_asks_for_counts_keeps_figures_young(desk, article, clock):
    assert backlog(desk) == 1
    one_more(article)
    clock[0] += facets.SECONDS
    assert desk.get(COUNTS).status_code == 200
    renewed()
    clock[0] += facets.SECONDS - 1
    assert backlog(desk) == 2


def test_what_cannot_be_renewed_stays_until_it_is_stale(
    desk, article, clock, monkeypatch, caplog
):
    assert backlog(desk) == 1
    one_more(article)
    with monkeypatch.context() as broken:
        broken.setattr(facets, "_busiest", lambda: 1 / 0)
        clock[0] += facets.SECONDS
        assert backlog(desk) == 1
        renewed()
    assert "'facets' could not be renewed" in caplog.text
    assert backlog(desk) == 1
    renewed()
    assert backlog(desk) == 2


def test_one_thread_renews_a_figure_once(monkeypatch, clock):
    made = []
    gate = Event()

    def make():
        made.append(len(made))
        assert len(made) == 1 or gate.wait(timeout=20)
        return made[-1]

    assert recent.recent("counted", make, seconds=10) == 0
    clock[0] += 10
    assert [recent.recent("counted", make, seconds=10) for _ in range(5)] == [0] * 5
    gate.set()
    renewed()
    assert recent.recent("counted", make, seconds=10) == 1
    assert made == [0, 1]


def test_what_was_forgotten_meanwhile_is_not_kept(clock):
    gate = Event()
    values = iter((1, 2, 3))

    def make():
        value = next(values)
        assert value != 2 or gate.wait(timeout=20)
        return value

    assert recent.recent("forgotten", make, seconds=10) == 1
    clock[0] += 10
    assert recent.recent("forgotten", make, seconds=10) == 1
    recent.forget()
    gate.set()
    renewed()
    assert recent.recent("forgotten", make, seconds=10) == 3


def test_what_takes_long_to_make_rests_longer(clock):
    def make():
        clock[0] += 1  # a second
        return clock[0]

    first = recent.recent("slow", make, seconds=10)
    clock[0] += recent.REST - 2
    assert recent.recent("slow", make, seconds=10) == first
    renewed()
    assert recent.recent("slow", make, seconds=10) == first, "not yet"
    clock[0] += 1
    assert recent.recent("slow", make, seconds=10) == first
    renewed()
    assert recent.recent("slow", make, seconds=10) > first
