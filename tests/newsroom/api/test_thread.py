from datetime import UTC, datetime, timedelta

import pytest

from comments.models import Comment
from comments.threads import thread_page
from tests.factories import ArticleFactory, CommentFactory, ReaderFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_comments_come_in_the_order_of_the_page(anonymous):
    article = ArticleFactory()
    first = CommentFactory(article=article, published=True, created_at=START)
    for minute in range(1, 5):
        at = START + timedelta(minutes=minute)
        CommentFactory(article=article, published=True, created_at=at)
        CommentFactory(parent=first, published=True, created_at=at)
    expected = [card.pk for card in thread_page(article).cards]
    url, found = f"/api/v1/articles/{article.slug}/comments/?page_size=4", []
    while url:
        page = anonymous.get(url).json()
        assert len(page["results"]) <= 4
        found += [c["id"] for c in page["results"]]
        url = page["next"]
    assert len(found) == 9
    assert found == expected


def test_comment_is_shown_whole(anonymous):
    article = ArticleFactory()
    parent = CommentFactory(article=article, published=True)
    reply = CommentFactory(
        parent=parent, published=True, text="Oui\u00a0!  <b>", created_at=START
    )
    found = anonymous.get(f"/api/v1/comments/{reply.pk}/").json()
    assert found == {
        "id": reply.pk,
        "article": article.slug,
        "author": reply.author.name,
        "status": "published",
        "created_at": "2026-03-01T14:00:00+02:00",
        "printed_time": "14 h 00, le 1er mars 2026",
        "parent": parent.pk,
        "depth": 1,
        "text": "Oui\u00a0!  <b>",
        "html": '<p dir="auto">Oui\u00a0!  &lt;b&gt;</p>',
        "permalink": f"http://127.0.0.1:8000/commentaires/{reply.pk}/",
    }


def test_impossible_time_is_shown_as_printed(anonymous):
    comment = CommentFactory(published=True)
    Comment.objects.filter(pk=comment.pk).update(
        created_at=None, printed_time="00 h 30, le 29 mars 2015"
    )
    found = anonymous.get(f"/api/v1/comments/{comment.pk}/").json()
    assert found["created_at"] is None
    assert found["printed_time"] == "00 h 30, le 29 mars 2015"


@pytest.mark.parametrize("status", ["pending", "hidden", "deleted"])
def test_what_is_not_published_is_nowhere(anonymous, signed_in, status):
    comment = CommentFactory(text="canari", published=True)
    thread = f"/api/v1/articles/{comment.article.slug}/comments/"
    single = f"/api/v1/comments/{comment.pk}/"
    reply = CommentFactory(parent=comment, published=True)
    assert b"canari" in anonymous.get(thread).content
    assert anonymous.get(f"/api/v1/comments/{reply.pk}/").json()["parent"]

    Comment.objects.filter(pk=comment.pk).update(status=status)
    missing = anonymous.get("/api/v1/comments/999999/").content
    for caller in (anonymous, signed_in(ReaderFactory())):
        assert b"canari" not in caller.get(thread).content
        answer = caller.get(single)
        assert (answer.status_code, answer.content) == (404, missing)
        found = caller.get(f"/api/v1/comments/{reply.pk}/").json()
        assert (found["parent"], found["depth"]) == (None, 1)


def test_thread_of_a_draft_does_not_exist(anonymous):
    comment = CommentFactory(published=True)
    thread = f"/api/v1/articles/{comment.article.slug}/comments/"
    single = f"/api/v1/comments/{comment.pk}/"
    assert anonymous.get(thread).status_code == 200
    assert anonymous.get(single).status_code == 200
    comment.article.status = "draft"
    comment.article.save()
    assert anonymous.get(thread).status_code == 404
    assert anonymous.get(single).status_code == 404


def test_author_follows_own_comments(signed_in):
    reader = ReaderFactory()
    client = signed_in(reader)
    statuses = ["pending", "published", "hidden"]
    mine = [CommentFactory(author=reader.commenter, status=s) for s in statuses]
    CommentFactory(text="d’un autre")
    found = client.get("/api/v1/me/comments/").json()["results"]
    assert [c["id"] for c in found] == [c.pk for c in reversed(mine)]
    assert [c["status"] for c in found] == statuses[::-1]
    for comment in mine:
        assert client.get(f"/api/v1/comments/{comment.pk}/").status_code == 200
