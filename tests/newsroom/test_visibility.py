"""Hidden, pending and draft words are nowhere that others can read (TRUST S-07)."""

import pytest
from django.core.cache import cache
from django.test import Client

from comments.models import Comment
from moderation.models import Action
from moderation.services import decide, submit_comment
from tests.factories import ModeratorFactory
from tests.newsroom.permission_table import TABLE, Row, World

pytestmark = pytest.mark.django_db
SOUGHT, SECRET = "zibeline", "mercantiquaire"
SEARCHES = [
    Row("search", "GET", (200,) * 5, query={"q": SOUGHT}),
    Row("search", "GET", (200,) * 5, query={"q": SOUGHT, "dans": "commentaires"}),
    Row("search", "GET", (200,) * 5, query={"q": SOUGHT, "dans": "articles"}),
]


@pytest.fixture
def world() -> World:
    found = World()
    found.draft.title = f"{SOUGHT} {SECRET}"
    found.draft.lede = f"{SOUGHT} {SECRET}"
    found.draft.save()
    return found


def readable(world: World, client: Client) -> dict[str, str]:
    """{address: everything sent} for each address of the table."""
    found = {}
    for row in (*TABLE, *SEARCHES):
        if row.method != "GET":
            continue
        cache.clear()
        headers = {"accept": "text/html"} if row.name == "api:docs" else {}
        answer = client.get(row.url(world), headers=headers)
        body = b"".join(answer) if answer.streaming else answer.content
        found[row.url(world)] = f"{answer.headers} {body.decode()}"
    return found


def showing(world: World, client: Client) -> set[str]:
    return {url for url, sent in readable(world, client).items() if SECRET in sent}


@pytest.mark.parametrize("status", ["hidden", "pending"])
def test_secret_words_are_nowhere(world, status):
    comment = submit_comment(
        article=world.article, author=world.reader.commenter, text=f"{SOUGHT} {SECRET}"
    )
    nobody, author, other, _moderator, _editor = world.clients()
    assert len(showing(world, nobody)) >= 6  # page, feed, searches, API…

    decide(
        comment,
        action=Action.HIDE if status == "hidden" else Action.HOLD,
        by=ModeratorFactory(),
        after=comment.decisions.latest("pk").pk,
        revision=comment.revision_id,
        reason="injure" if status == "hidden" else "",
    )
    assert Comment.objects.get(pk=comment.pk).status == status
    assert showing(world, nobody) == set()
    assert showing(world, other) == set()
    own = showing(world, author)
    assert "/api/v1/me/comments/" in own
    assert not any(url.startswith(("/moderation/", "/flux/")) for url in own)


def test_counts_are_those_of_what_is_shown(world):
    nobody = next(world.clients())
    listed = nobody.get("/api/v1/articles/paru/comments/").json()["results"]
    article = nobody.get("/api/v1/articles/paru/").json()
    assert article["comment_count"] == len(listed) == 1
