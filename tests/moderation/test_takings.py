"""Who reads which comment, as the other desks are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.models import Taking
from moderation.takings import EXPIRES, take, taken_by_others
from tests.factories import CommentFactory, ModeratorFactory, ReaderFactory
from tests.moderation.batch_worlds import waiting

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"


@pytest.fixture
def marie():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def paul():
    return ModeratorFactory(first_name="Paul", last_name="Nader")


def grow_old(by=EXPIRES + timedelta(seconds=1)):
    Taking.objects.update(taken_at=timezone.now() - by)


def test_who_was_first_keeps_it(marie, paul):
    comment = CommentFactory()
    assert take(comment, by=marie)
    assert not take(comment, by=paul)
    assert take(comment, by=marie)  # again
    assert taken_by_others(paul) == {comment.pk: "Marie Khoury le lit"}
    assert taken_by_others(marie) == {}


def test_one_comment_at_a_time(marie, paul):
    first, second = CommentFactory.create_batch(2)
    take(first, by=marie)
    take(second, by=marie)
    assert list(taken_by_others(paul)) == [second.pk]
    assert take(first, by=paul)


def test_what_is_held_too_long_is_free(marie, paul):
    comment = CommentFactory()
    take(comment, by=marie)
    grow_old()
    assert taken_by_others(paul) == {}
    assert take(comment, by=paul)
    assert not take(comment, by=marie)
    grow_old()
    take(CommentFactory(), by=marie)
    assert Taking.objects.count() == 1  # nothing old is kept


def test_the_queue_and_its_counts_tell(client, marie, paul):
    comment, free = waiting(2)
    take(comment, by=marie)
    client.force_login(paul)
    page = client.get(QUEUE).content.decode()
    assert f'data-taken="{comment.pk}">Marie Khoury le lit<' in page
    assert f'data-taken="{free.pk}" hidden><' in page
    counts = client.get(reverse("moderation:counts"))
    assert counts.json()["taken"] == {str(comment.pk): "Marie Khoury le lit"}
    client.force_login(marie)
    assert "le lit" not in client.get(QUEUE).content.decode()


def test_by_form_and_by_script(client, marie, paul):
    comment = waiting(1)[0]
    url = reverse("moderation:take", args=[comment.pk])
    page = reverse("moderation:comment", args=[comment.pk])
    client.force_login(marie)
    answer = client.post(url, {"next": page}, follow=True)
    assert "Les autres modérateurs voient que vous le lisez." in answer.content.decode()
    client.force_login(paul)
    answer = client.post(url, {"next": page}, follow=True)
    assert "Marie Khoury le lit." in answer.content.decode()
    answer = client.post(url, headers={"Accept": "application/json"})
    assert answer.json() == {"taken": "Marie Khoury le lit"}
    assert Taking.objects.get().moderator == marie


def test_it_holds_nobody_back_from_deciding(client, marie, paul):
    comment = waiting(1)[0]
    take(comment, by=marie)
    client.force_login(paul)
    latest = comment.decisions.first()
    client.post(
        reverse("moderation:decide", args=[comment.pk]),
        {"action": "publish", "after": latest.pk, "revision": comment.revision_id},
    )
    comment.refresh_from_db()
    assert comment.status == "published"


def test_readers_take_nothing(client):
    comment = waiting(1)[0]
    client.force_login(ReaderFactory().commenter.user)
    assert client.post(reverse("moderation:take", args=[comment.pk])).status_code == 403
    assert not Taking.objects.exists()
