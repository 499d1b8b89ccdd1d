"""The charter's rules at the API's door: the same as at the page's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import ArticleFactory, ReaderFactory
from tests.moderation.charter.announcing import announced
from tests.moderation.charter.setting import published_charter, set_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticleFactory(slug="syrie", published_at=timezone.now() - timedelta(days=9))


def post(client, text):
    return client.post(
        "/api/v1/articles/syrie/comments/",
        {"text": text},
        content_type="application/json",
    )


def error(answer):
    (found,) = answer.json()["errors"]
    return answer.status_code, found["code"], found["attr"]


def test_refusals_name_the_clause(client, article):
    published_charter()
    client.force_login(ReaderFactory())
    assert post(client, "Un avis.").status_code == 201
    set_rule("min_words", "article", article, number=3)
    answer = post(client, "Un autre.")
    assert error(answer) == (400, "invalid_text", "text")
    assert "Écrire posément, pour être lu" in answer.json()["errors"][0]["detail"]
    set_rule("per_article", "section", article, number=1)
    answer = post(client, "Encore un avis tout autre.")
    assert error(answer) == (403, "enough_here", None)
    set_rule("closes_after", "site", article, number=8)
    answer = post(client, "Encore un avis tout autre.")
    assert error(answer) == (403, "comments_closed", None)
    assert article.comments.count() == 1


def test_comments_open_is_told_of_this_moment(client, article):
    def told():
        one = client.get("/api/v1/articles/syrie/").json()["comments_open"]
        (listed,) = client.get("/api/v1/articles/").json()["results"]
        assert listed["comments_open"] is one
        return one

    assert told() is True
    set_rule("closes_after", "section", article, number=8)
    assert told() is False
    set_rule("closes_after", "article", article, number=10)
    assert told() is True
    set_rule("mode", "site", article, mode="closed")
    assert told() is False


@pytest.mark.parametrize("count", [1, 7])
def test_a_list_asks_once_for_all_articles(client, django_assert_num_queries, count):
    for _ in range(count):
        set_rule("closes_after", "article", ArticleFactory(), number=5)
    with django_assert_num_queries(2):  # articles, rules
        client.get("/api/v1/articles/")


class TestOwnNews:
    ADDRESS = "/api/v1/me/charter/"

    def read(self, client, number):
        return client.post(
            self.ADDRESS, {"number": number}, content_type="application/json"
        )

    def test_until_it_is_read(self, client, settings):
        settings.NEWSPAPER_URL = "https://journal.example"
        client.force_login(ReaderFactory())
        published_charter()
        assert client.get(self.ADDRESS).json() == {"unread": None}
        version = announced()
        told = client.get(self.ADDRESS).json()["unread"]
        assert told["number"] == version.number
        assert told["url"] == "https://journal.example/charte/2/#changements"
        announced("Parler du sujet")
        assert self.read(client, 2).status_code == 204
        assert client.get(self.ADDRESS).json()["unread"]["number"] == 3
        assert self.read(client, 3).status_code == 204
        assert client.get(self.ADDRESS).json() == {"unread": None}

    def test_the_page_and_the_api_are_one(self, client, article):
        client.force_login(ReaderFactory())
        announced()
        client.get("/charte/")
        assert client.get(self.ADDRESS).json() == {"unread": None}

    @pytest.mark.parametrize("number", [None, "", 0, 99, "x", 10**20, [], {}, True])
    def test_no_such_version(self, client, number):
        client.force_login(ReaderFactory())
        announced()
        assert error(self.read(client, number))[::2] == (400, "number")
        assert client.get(self.ADDRESS).json()["unread"]["number"] == 2

    def test_queries(self, client, django_assert_num_queries):
        client.force_login(ReaderFactory())
        for title in ("Un", "Deux"):
            announced(title)
        with django_assert_num_queries(3):  # session, account, notice
            client.get(self.ADDRESS)
