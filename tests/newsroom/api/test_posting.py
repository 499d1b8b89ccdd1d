from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from uuid import uuid4

import pytest
from django.db import connection
from rest_framework.test import APIClient

from comments.models import Comment
from tests.factories import ArticleFactory, CommentFactory, ReaderFactory
from tests.moderation.conftest import database_file

pytestmark = pytest.mark.django_db
POLITE = "Merci pour cet article."
INSULT = "Espèce de connard, va."


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def url(article):
    return f"/api/v1/articles/{article.slug}/comments/"


@pytest.fixture
def reader(signed_in):
    return signed_in(ReaderFactory())


def test_polite_comment_is_published(reader, anonymous, url):
    text = "  Merci\u00a0!\n\nBien à vous, l’été.  "
    answer = reader.post(url, {"text": text})
    assert answer.status_code == 201
    written = answer.json()
    assert (written["status"], written["text"]) == ("published", text)
    assert [c["text"] for c in anonymous.get(url).json()["results"]] == [text]
    assert anonymous.get(answer.headers["Location"]).json()["id"] == written["id"]


def test_insult_waits(reader, anonymous, url):
    answer = reader.post(url, {"text": INSULT})
    assert (answer.status_code, answer.json()["status"]) == (201, "pending")
    assert anonymous.get(url).json()["results"] == []
    assert reader.get(answer.headers["Location"]).json()["status"] == "pending"
    assert anonymous.get(answer.headers["Location"]).status_code == 404


def test_reply(reader, article, url):
    parent = CommentFactory(article=article, published=True)
    written = reader.post(url, {"text": POLITE, "parent": parent.pk}).json()
    assert (written["parent"], written["depth"]) == (parent.pk, 1)


def test_one_answers_only_what_one_sees_under_this_article(reader, article, url):
    hidden = CommentFactory(article=article, hidden=True)
    elsewhere = CommentFactory(published=True)
    bodies = []
    for parent in (hidden.pk, elsewhere.pk, 999_999):
        answer = reader.post(url, {"text": POLITE, "parent": parent})
        assert answer.status_code == 400
        bodies.append(answer.content)
    assert len(set(bodies)) == 1
    assert answer.json()["errors"][0]["attr"] == "parent"


def test_repeated_submission_gives_the_same_comment(reader, url):
    body = {"text": POLITE, "submission_key": str(uuid4())}
    first, second = reader.post(url, body), reader.post(url, body)
    third = reader.post(url, {"text": POLITE})
    assert first.status_code == second.status_code == third.status_code == 201
    assert first.json() == second.json() == third.json()
    assert Comment.objects.count() == 1


@pytest.mark.usefixtures("transactional_db")
def test_twenty_parallel_submissions_make_one_comment(
    article, url, on_postgresql, tmp_path
):
    """TRUST F17, through the API."""
    user = ReaderFactory()
    body = {"text": POLITE, "submission_key": str(uuid4())}

    def post(_number: int) -> tuple[int, int]:
        client = APIClient()
        client.force_authenticate(user)
        try:
            answer = client.post(url, body)
            return answer.status_code, answer.json()["id"]
        finally:
            connection.close()

    file = tmp_path / "submissions.sqlite3"
    with (
        nullcontext() if on_postgresql else database_file(file),
        ThreadPoolExecutor(4) as pool,
    ):
        answers = set(pool.map(post, range(20)))
    assert answers == {(201, Comment.objects.get().pk)}


def test_added_fields_change_nothing(reader, anonymous, url):
    """TRUST S-09: the name of every column, sent along, is ignored."""
    other = CommentFactory(published=True)
    plain = reader.post(url, {"text": INSULT}).json()
    extra = {
        field.name: value
        for field in Comment._meta.get_fields()
        if (value := _forged(field.name, other)) is not None
    } | {"article_id": other.article_id, "author_id": other.author_id, "reason": "x"}
    assert {"status", "author", "position", "html", "revision"} <= set(extra)
    answer = reader.post(url, extra | {"text": INSULT + " Toujours."})
    forged = answer.json()
    assert answer.status_code == 201
    for name in ("status", "author", "article", "depth", "parent", "hidden_because"):
        assert forged[name] == plain[name]
    assert forged["created_at"] != "2001-01-01T00:00:00Z"
    assert "forgé" not in answer.content.decode()
    assert anonymous.get(url).json()["results"] == []


def _forged(name: str, other: Comment) -> object:
    if name in ("parent", "submission_key", "text"):
        return None
    return {
        "id": other.pk,
        "status": "published",
        "article": other.article_id,
        "author": other.author_id,
        "revision": other.revision_id,
        "depth": 3,
        "created_at": "2001-01-01T00:00:00Z",
    }.get(name, "forgé")


def test_closed_article_refuses(reader, article, url):
    article.comment_policy = "closed"
    article.save()
    answer = reader.post(url, {"text": POLITE})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "comments_closed"
    assert Comment.objects.count() == 0


def test_refused_text_is_an_error_of_its_field(reader, url, settings):
    for text in ("", " \u200b\n", "é" * (settings.COMMENT_MAX_LENGTH + 1)):
        answer = reader.post(url, {"text": text})
        assert answer.status_code == 400
        [error] = answer.json()["errors"]
        assert (error["code"], error["attr"]) == ("invalid_text", "text")
    longest = "é" * settings.COMMENT_MAX_LENGTH
    assert reader.post(url, {"text": longest}).status_code == 201


def test_author_who_posts_too_often_waits_a_minute(reader, url, settings):
    for number in range(settings.COMMENTS_PER_MINUTE):
        answer = reader.post(url, {"text": f"{POLITE} ({number})"})
        assert answer.status_code == 201
    answer = reader.post(url, {"text": "Encore un mot."})
    assert answer.status_code == 429
    assert answer.json()["errors"][0]["code"] == "posted_too_often"
    assert answer.headers["Retry-After"] == "60"


def test_account_without_signature_is_told(signed_in, url):
    reader = ReaderFactory()
    reader.commenter.delete()
    reader.refresh_from_db()
    answer = signed_in(reader).post(url, {"text": POLITE})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "signature_required"
