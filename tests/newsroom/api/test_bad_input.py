"""Whatever is sent, the answer is 400 in the API's shape, never 500 (TRUST S-10, S-36)."""

import json
from base64 import urlsafe_b64encode

import pytest

from comments.models import Comment
from moderation.models import Decision
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = pytest.mark.django_db
TEXT = "Merci pour cet article."
OTHER_TYPES: tuple = ([], {}, [1], {"a": 1}, True, False, 987_654, -1, 1e9, 10**30)
BODIES = {
    "nothing": b"",
    "no JSON": b"bonjour",
    "list": b"[]",
    "text": b'"texte"',
    "number": b"1",
    "null": b"null",
    "true": b"true",
    "invalid UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-8 surrogate": b'{"text": "\xed\xa0\x80"}',
    "Latin-1": '{"text": "été"}'.encode("latin-1"),
    "byte order mark": b'\xef\xbb\xbf{"text": "a"}',
    "NUL escaped": b'{"text": "a\\u0000b"}',
    "NUL raw": b'{"text": "a\x00b"}',
    "lone surrogate": b'{"text": "a\\ud800b"}',
    "deep list": b'{"text": ' + b"[" * 100_000,
    "deep and closed": b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}",
    "deep object": b'{"a":' * 50_000,
    "NaN": b'{"text": "a", "parent": NaN}',
    "Infinity": b'{"text": "a", "parent": -Infinity}',
    "1e999": b'{"text": 1e999}',
    "endless number": b'{"text": "a", "parent": ' + b"9" * 10_000 + b"}",
    "too long": b'{"text": "' + b"a" * 2_600_000 + b'"}',
}


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def thread(article):
    return f"/api/v1/articles/{article.slug}/comments/"


@pytest.fixture
def reader(signed_in):
    return signed_in(ReaderFactory())


def refused(answer, status=400):
    assert answer.status_code == status
    data = answer.json()
    assert data["type"] in ("validation_error", "client_error")
    assert data["errors"]
    for error in data["errors"]:
        assert set(error) == {"code", "detail", "attr"}
    return data["errors"]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_unreadable_bodies(reader, thread, signed_in, article, body):
    comment = submit_comment(
        article=article, author=ReaderFactory().commenter, text=TEXT
    )
    moderator = signed_in(ModeratorFactory())
    decide = f"/api/v1/moderation/comments/{comment.pk}/decisions/"
    screen = "/api/v1/moderation/screen/"
    for client, url in ((reader, thread), (moderator, decide), (moderator, screen)):
        refused(client.post(url, body, content_type="application/json"))
    assert Comment.objects.get() == comment
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("value", [*OTHER_TYPES, None], ids=repr)
def test_text_of_another_type(reader, thread, value):
    [error] = refused(reader.post(thread, {"text": value}))
    assert error["attr"] == "text"


@pytest.mark.parametrize("value", ["1", "yes", "", *OTHER_TYPES], ids=repr)
def test_parent_of_another_type(reader, thread, value):
    [error] = refused(reader.post(thread, {"text": TEXT, "parent": value}))
    assert error["attr"] == "parent"


@pytest.mark.parametrize("value", ["", "x", "\x00", 2**127, *OTHER_TYPES], ids=str)
def test_submission_key_of_another_type(reader, thread, value):
    [error] = refused(reader.post(thread, {"text": TEXT, "submission_key": value}))
    assert error["attr"] == "submission_key"


@pytest.mark.parametrize("value", ["", "yes", "delete", *OTHER_TYPES, None], ids=repr)
@pytest.mark.parametrize("field", ["action", "revision", "after", "reason", "note"])
def test_decision_of_another_type(signed_in, article, field, value):
    comment = submit_comment(
        article=article, author=ReaderFactory().commenter, text="Quel connard."
    )
    good = {
        "action": "hide",
        "revision": comment.revision_id,
        "after": comment.decisions.get().pk,
        "reason": "injure",
        "note": "",
    }
    client = signed_in(ModeratorFactory())
    url = f"/api/v1/moderation/comments/{comment.pk}/decisions/"
    answer = client.post(url, good | {field: value})
    comment.refresh_from_db()
    if field == "note" and isinstance(value, str):
        assert answer.status_code == 201
    elif answer.status_code == 409:
        # Well-formed, but not what is stored: a key, or « no decision yet »
        assert (field in ("revision", "after") and type(value) is int) or (
            field == "after" and value is None
        )
        assert comment.status == "pending"
    else:
        refused(answer)
        assert comment.status == "pending"


@pytest.mark.parametrize(
    "query",
    ["page_size=0", "page_size=101", "page_size=-1", "page_size=x", "page_size=",
     "page_size=1e2", "page_size=٣", "page_size=" + "9" * 5000, "page_size=%00"],
)  # fmt: skip
def test_page_sizes(anonymous, thread, query):
    for url in (thread, "/api/v1/articles/"):
        [error] = refused(anonymous.get(f"{url}?{query}"))
        assert error["attr"] == "page_size"


@pytest.mark.parametrize(
    "values",
    [
        "x", "", [], [1], ["\x00"], ["\ud800"], ["-1"], ["1_0"], ["g"], {}, None,
        ["0001-01-01T00:00:00+23:59", 1], ["2026-01-01T00:00:00", 1],
        ["9999-12-31T23:59:59-23:59", 1], ["2026-01-01T00:00:00Z", "1"],
        ["2026-01-01T00:00:00Z", True], ["2026-01-01T00:00:00Z", 10**30],
        [1, 2, 3, 4], "[" * 5000,
    ],
    ids=ascii,
)  # fmt: skip
def test_forged_cursors(anonymous, thread, signed_in, values):
    text = values if isinstance(values, str) else json.dumps(values)
    cursor = urlsafe_b64encode(text.encode()).decode().rstrip("=")
    moderator = signed_in(ModeratorFactory())
    urls = {
        anonymous: (thread, "/api/v1/articles/"),
        moderator: (
            "/api/v1/me/comments/",
            "/api/v1/moderation/queue/",
        ),
    }
    for client, paths in urls.items():
        for path in paths:
            if not cursor:
                continue
            [error] = refused(client.get(path, {"cursor": cursor}))
            assert error["attr"] == "cursor"


@pytest.mark.parametrize("cursor", ["é", "a", "====", "\x00", "-" * 3000, "%%"])
def test_cursors_that_are_not_base64(anonymous, thread, cursor):
    [error] = refused(anonymous.get(thread, {"cursor": cursor}))
    assert error["attr"] == "cursor"


def test_huge_key_in_a_cursor_is_just_far_away(signed_in):
    cursor = urlsafe_b64encode(
        json.dumps([0, 3, "2026-01-01T00:00:00Z", 2**62]).encode()
    )
    client = signed_in(ModeratorFactory())
    answer = client.get("/api/v1/moderation/queue/", {"cursor": cursor.decode()})
    assert answer.json() == {"next": None, "results": []}


@pytest.mark.parametrize("query", ["section=%00", "section=a%00"])
def test_filter_with_nul(anonymous, query):
    [error] = refused(anonymous.get(f"/api/v1/articles/?{query}"))
    assert error["attr"] == "section"


@pytest.mark.parametrize("value", ["x", "NaN", "1e999", "%00", "1" * 400])
def test_decisions_of_no_comment(signed_in, value):
    client = signed_in(ModeratorFactory())
    refused(client.get(f"/api/v1/moderation/decisions/?comment={value}"))


@pytest.mark.parametrize(
    "path",
    [f"comments/{'9' * 30}/", f"comments/{'9' * 5000}/", "comments/-1/", "comments/a/",
     "comments/%00/", "articles/%00/", "articles/%FF/", "articles/a%2Fb/", "nulle-part/",
     "", f"articles/{'a' * 3000}/comments/"],
)  # fmt: skip
def test_addresses_of_nothing(anonymous, path):
    [error] = refused(anonymous.get(f"/api/v1/{path}"), 404)
    assert error["code"] == "not_found"
    [error] = refused(anonymous.post("/api/v1/nulle-part/"), 404)


def test_missing_final_slash_is_added(anonymous, article):
    answer = anonymous.get(f"/api/v1/articles/{article.slug}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/api/v1/articles/{article.slug}/"


def test_other_media_types(reader, thread):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "x" * 300):
        refused(reader.post(thread, "text=a", content_type=kind), 415)
    broken = "multipart/form-data; boundary=" + "x" * 300
    assert reader.post(thread, b"--x", content_type=broken).status_code in (400, 415)
    refused(reader.get(thread, headers={"accept": "text/html"}), 406)
    refused(reader.put(thread, {}), 405)


def test_body_is_utf8_whatever_its_charset(reader, thread):
    body = json.dumps({"text": "Été à Beyrouth"}, ensure_ascii=False).encode()
    kind = "application/json; charset=utf-16"
    answer = reader.post(thread, body, content_type=kind)
    assert answer.json()["text"] == "Été à Beyrouth"


@pytest.mark.parametrize(
    "key", ["", "x", "\x00", "é" * 40, "0" * 40, "0" * 5000, "a b", "\xd9\xa3" * 20]
)
def test_tokens_that_are_none(anonymous, key):
    answer = anonymous.get(
        "/api/v1/articles/", headers={"authorization": f"Token {key}"}
    )
    [error] = refused(answer, 401)
    assert error["code"] == "authentication_failed"


def test_bug_is_answered_in_the_same_shape(anonymous, monkeypatch, caplog):
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("mot secret")

    monkeypatch.setattr("newsroom.api.articles.shown_articles", broken)
    answer = anonymous.get("/api/v1/articles/")
    assert answer.status_code == 500
    assert answer.json()["type"] == "server_error"
    assert "mot secret" not in answer.content.decode()
    assert "mot secret" in caplog.text
