"""The counts that the desk asks for while it is open."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from moderation.models import Action, QueueEntry
from moderation.services import decide
from tests.factories import CommentFactory, ModeratorFactory

pytestmark = pytest.mark.django_db
COUNTS = "/moderation/comptes/"


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def wait(**kwargs):
    comment = CommentFactory(**kwargs)
    QueueEntry.objects.create(comment=comment, rank=0, waiting_since=timezone.now())
    return comment


def asked_by(desk, url):
    """The address that the page at ``url`` asks."""
    page = BeautifulSoup(desk.get(url).content, "lxml")
    assert page.select_one(".desk-new a").has_attr("hidden")
    return page.select_one("[data-live]")["data-live"]


def told(answer):
    return answer.json()["new"], answer.json()["notice"]


def test_unchanged_counts_are_not_sent_again(desk, moderator):
    comment = wait()
    first = desk.get(COUNTS)
    assert first.json()["counts"] == {
        "pending": "1",
        "flagged": "0",
        "reported": "0",
        "mine": "0",
        "appeals": "0",
        "all": "1",
    }
    assert "no-store" in first["Cache-Control"]
    again = desk.get(COUNTS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    decide(
        comment,
        action=Action.PUBLISH,
        by=moderator,
        after=None,
        revision=comment.revision_id,
    )
    changed = desk.get(COUNTS, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    counts = changed.json()["counts"]
    assert (counts["pending"], counts["mine"]) == ("0", "1")


def test_what_came_since_the_page_was_read(desk):
    wait()
    url = asked_by(desk, "/moderation/")
    before = desk.get(url)
    assert told(before) == (0, "")
    wait()
    one = desk.get(url, headers={"If-None-Match": before["ETag"]})
    assert told(one) == (1, "1 nouveau commentaire")
    wait()
    CommentFactory(published=True)  # nothing to decide about it
    assert told(desk.get(url)) == (2, "2 nouveaux commentaires")
    assert told(desk.get(asked_by(desk, "/moderation/"))) == (0, "")


def test_only_what_this_page_would_show_is_told(desk):
    comment = wait()
    url = asked_by(desk, f"/moderation/?article={comment.article_id}&apres=0.1.1")
    hidden = asked_by(desk, "/moderation/?etat=masques&q=coquelicot")
    wait()
    CommentFactory(text="Une pivoine.", hidden=True)
    assert told(desk.get(url)) == told(desk.get(hidden)) == (0, "")
    wait(article=comment.article)
    CommentFactory(text="Un coquelicot.", hidden=True)
    assert told(desk.get(url)) == (1, "1 nouveau commentaire")
    assert told(desk.get(hidden)) == (1, "1 nouveau commentaire")


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "9" * 40])
def test_a_page_that_knows_nothing_is_told_of_nothing_new(desk, seen):
    wait()
    assert told(desk.get(COUNTS, {"vus": seen})) == (0, "")


def test_it_costs_the_same_however_much_waits(desk, django_assert_num_queries):
    wait()
    url = asked_by(desk, "/moderation/")
    for _ in range(2):
        desk.get(url)
        with django_assert_num_queries(11):
            desk.get(url)
        for _ in range(5):
            wait()
