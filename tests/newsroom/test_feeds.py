from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from articles.models import Article
from comments.models import Comment
from comments.services import set_status
from newsroom.feeds import COMMENTS
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db

CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
HOSTILE = "a\x08\x1b\x0b\uffff]]> <b>&amp; \U0001f600 \u202e é"
KEPT = "a]]> <b>&amp; \U0001f600 \u202e é"


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.NEWSPAPER_URL = "https://journal.example"


def channel_of(client: Client, path: str) -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert "Last-Modified" not in response.headers
    rss = etree.fromstring(response.content)
    assert rss.get("version") == "2.0"
    (channel,) = rss
    addresses = [channel.findtext("link")]
    for item in channel.iterfind("item"):
        addresses += [item.findtext("link"), item.findtext("guid")]
    assert all(a and a.startswith("https://journal.example/") for a in addresses)
    return channel


def titles_of(channel: etree._Element) -> list[str | None]:
    return [item.findtext("title") for item in channel.iterfind("item")]


def test_newest_published_articles(client: Client) -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(32):
        ArticleFactory(title=f"n{number}", published_at=day + timedelta(number))
    ArticleFactory(title="brouillon", status=Article.Status.DRAFT)
    channel = channel_of(client, "/flux/articles.xml")
    assert titles_of(channel) == [f"n{number}" for number in range(31, 1, -1)]
    assert channel.findtext("language") == "fr"


def test_unknown_facts_are_left_out(client: Client) -> None:
    ArticleFactory(
        title="daté", byline="A. B.", published_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    ArticleFactory(title="sans date", published_at=None)
    undated, dated = channel_of(client, "/flux/articles.xml").iterfind("item")
    assert dated.findtext("pubDate") == "Thu, 01 Jan 2026 00:00:00 +0000"
    assert dated.findtext(CREATOR) == "A. B."
    assert undated.findtext("title") == "sans date"
    assert undated.find("pubDate") is None
    assert undated.find(CREATOR) is None


def test_articles_of_one_section(client: Client) -> None:
    section = SectionFactory(name="Liban", slug="liban")
    ArticleFactory(title="dedans", section=section)
    ArticleFactory(title="dehors")
    channel = channel_of(client, "/rubrique/liban/articles.xml")
    assert titles_of(channel) == ["dedans"]
    assert channel.findtext("link") == "https://journal.example/rubrique/liban/"
    assert client.get("/rubrique/inconnue/articles.xml").status_code == 404


def test_newest_published_comments_of_a_thread(client: Client) -> None:
    article = ArticleFactory(slug="un")
    comment = CommentFactory(
        article=article,
        author=CommenterFactory(name="FAKHOURI"),
        text="Oui & <b>non</b>",
        created_at=datetime(2015, 9, 18, 21, 33, tzinfo=UTC),
    )
    path = "/article/un/commentaires.xml"
    assert titles_of(channel_of(client, path)) == []
    set_status(comment, Comment.Status.PUBLISHED)
    CommentFactory(published=True, text="sous un autre article")
    (item,) = channel_of(client, path).iterfind("item")
    assert item.findtext("title") == "FAKHOURI, 00 h 33, le 19 septembre 2015"
    assert item.findtext(CREATOR) == "FAKHOURI"
    assert item.findtext("pubDate") == "Fri, 18 Sep 2015 21:33:00 +0000"
    assert item.findtext("description") == (
        '<p dir="auto">Oui &amp; &lt;b&gt;non&lt;/b&gt;</p>'
    )
    link = f"https://journal.example/commentaires/{comment.pk}/"
    assert item.findtext("link") == link
    set_status(comment, Comment.Status.HIDDEN)
    assert titles_of(channel_of(client, path)) == []


def test_a_thread_feed_holds_the_newest_replies_too(client: Client) -> None:
    article = ArticleFactory(slug="un")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    first = CommentFactory(article=article, created_at=day, published=True)
    for number in range(1, COMMENTS + 2):
        CommentFactory(
            parent=first, created_at=day + timedelta(hours=number), published=True
        )
    items = list(channel_of(client, "/article/un/commentaires.xml").iterfind("item"))
    assert len(items) == COMMENTS
    newest = Comment.objects.order_by("-created_at")[:COMMENTS]
    assert [item.findtext("guid") for item in items] == [
        f"https://journal.example/commentaires/{each.pk}/" for each in newest
    ]


def test_no_feed_of_an_article_that_is_not_published(client: Client) -> None:
    article = ArticleFactory(slug="un")
    assert client.get("/article/un/commentaires.xml").status_code == 200
    Article.objects.filter(pk=article.pk).update(status=Article.Status.DRAFT)
    assert client.get("/article/un/commentaires.xml").status_code == 404


def test_hostile_text_stays_valid_xml(client: Client) -> None:
    article = ArticleFactory(
        slug="un", title=HOSTILE, lede=HOSTILE, byline=HOSTILE, topic=HOSTILE
    )
    author = CommenterFactory(name=HOSTILE)
    CommentFactory(article=article, author=author, text=HOSTILE, published=True)
    (item,) = channel_of(client, "/flux/articles.xml").iterfind("item")
    assert item.findtext("title") == KEPT
    assert item.findtext(CREATOR) == KEPT
    channel = channel_of(client, "/article/un/commentaires.xml")
    assert KEPT in (channel.findtext("title") or "")
    (item,) = channel.iterfind("item")
    assert item.findtext(CREATOR) == KEPT
    assert "a]]&gt; &lt;b&gt;&amp;amp;" in (item.findtext("description") or "")


def test_few_queries_whatever_the_number_of_items(
    client: Client, django_assert_num_queries: Any
) -> None:
    article = ArticleFactory(slug="un")
    for _round in range(2):
        for _number in range(3):
            CommentFactory(article=article, published=True)
            ArticleFactory()
        with django_assert_num_queries(1):
            client.get("/flux/articles.xml")
        with django_assert_num_queries(2):
            client.get("/article/un/commentaires.xml")
