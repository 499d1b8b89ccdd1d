"""Sitemap, robots.txt and schema.org data."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from lxml import etree

from articles.models import Article
from comments.models import Comment
from comments.services import set_status
from comments.threads import thread_page
from newsroom.sitemaps import ArticleSitemap
from newsroom.structured_data import article_data, json_ld
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db

PLACES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = "</script><script>alert(1)</script> <!-- & \u2028\u2029 ]]> \x08 é"


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.NEWSPAPER_URL = "https://journal.example"


def places_of(client: Client, path: str) -> dict[str, str | None]:
    """{address: when it last changed}"""
    response = client.get(path)
    assert response.status_code == 200
    return {
        each.findtext(f"{PLACES}loc") or "": each.findtext(f"{PLACES}lastmod")
        for each in etree.fromstring(response.content)
    }


def test_sitemap_names_published_articles_and_sections(client: Client) -> None:
    section = SectionFactory(slug="liban")
    ArticleFactory(slug="paru", section=section)
    draft = ArticleFactory(slug="brouillon", section=section, status="draft")
    assert list(places_of(client, "/sitemap.xml")) == [
        "https://journal.example/sitemap-rubriques.xml",
        "https://journal.example/sitemap-articles.xml",
        "https://journal.example/sitemap-charte.xml",
    ]
    assert list(places_of(client, "/sitemap-rubriques.xml")) == [
        "https://journal.example/",
        "https://journal.example/rubrique/liban/",
    ]
    articles = places_of(client, "/sitemap-articles.xml")
    assert list(articles) == ["https://journal.example/article/paru/"]
    draft.status = Article.Status.PUBLISHED
    draft.save()
    assert len(places_of(client, "/sitemap-articles.xml")) == 2
    assert client.get("/sitemap-x.xml").status_code == 404


def test_sitemap_pages_follow_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticleSitemap, "limit", 2)
    for number in range(5):
        ArticleFactory(slug=f"n{number}")
    parts = [path for path in places_of(client, "/sitemap.xml") if "-articles" in path]
    assert len(parts) == 3
    found = [
        place
        for part in parts
        for place in places_of(client, part.removeprefix("https://journal.example"))
    ]
    assert found == [f"https://journal.example/article/n{n}/" for n in range(5)]
    assert client.get("/sitemap-articles.xml?p=9").status_code == 404
    assert client.get("/sitemap-articles.xml?p=x").status_code == 404


def test_a_pending_comment_does_not_move_the_sitemap(client: Client) -> None:
    article = ArticleFactory()
    before = client.get("/sitemap-articles.xml")
    CommentFactory(article=article, hidden=True)
    after = client.get("/sitemap-articles.xml")
    assert after.content == before.content
    assert after.headers.get("Last-Modified") == before.headers.get("Last-Modified")


def test_robots(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {
        f"Disallow: /{path}/" for path in ("compte", "moderation", "admin", "recherche")
    } == {line for line in lines if line.startswith("Disallow")}
    assert lines[-1] == "Sitemap: https://journal.example/sitemap.xml"


def test_structured_data_says_what_the_page_shows() -> None:
    article = ArticleFactory(
        slug="un",
        section=SectionFactory(name="Liban"),
        title="Titre",
        lede="Chapeau",
        byline="A. B.",
        published_at=datetime(2015, 9, 18, 9, tzinfo=UTC),
    )
    first = CommentFactory(
        article=article,
        author=CommenterFactory(name="FAKHOURI"),
        text="Deux < trois.\nAinsi\n\nva & vient",
        created_at=datetime(2015, 9, 18, 21, 33, tzinfo=UTC),
        published=True,
    )
    reply = CommentFactory(parent=first, text="Non.", published=True)
    article.refresh_from_db()
    data = article_data(article, thread_page(article))
    comments = data.pop("comment")
    assert data == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": "https://journal.example/article/un/",
        "url": "https://journal.example/article/un/",
        "mainEntityOfPage": "https://journal.example/article/un/",
        "headline": "Titre",
        "description": "Chapeau",
        "inLanguage": "fr",
        "articleSection": "Liban",
        "author": {"name": "A. B."},
        "datePublished": "2015-09-18T09:00:00+00:00",
        "publisher": {
            "@type": "Organization",
            "name": "Le Journal",
            "url": "https://journal.example/",
        },
        "commentCount": 2,
    }
    address = f"https://journal.example/commentaires/{first.pk}/"
    assert comments[0] == {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "text": "Deux < trois.\nAinsi\n\nva & vient",
        "author": {"@type": "Person", "name": "FAKHOURI"},
        "dateCreated": "2015-09-18T21:33:00+00:00",
    }
    assert comments[1]["parentItem"] == {"@type": "Comment", "@id": address}
    set_status(first, Comment.Status.HIDDEN)
    article.refresh_from_db()
    data = article_data(article, thread_page(article))
    assert data["commentCount"] == 1
    (left,) = data["comment"]
    assert left["url"].endswith(f"/commentaires/{reply.pk}/")
    assert "parentItem" not in left


def test_unknown_facts_are_left_out() -> None:
    article = ArticleFactory(published_at=None)
    comment = CommentFactory(article=article, published=True)
    Comment.objects.filter(pk=comment.pk).update(created_at=None)
    data = article_data(article, thread_page(article))
    assert not {"datePublished", "author", "description", "image"} & set(data)
    assert "dateCreated" not in data["comment"][0]


def test_no_text_can_leave_the_script_element() -> None:
    article = ArticleFactory(title=HOSTILE, lede=HOSTILE)
    author = CommenterFactory(name=HOSTILE)
    CommentFactory(article=article, author=author, text=HOSTILE, published=True)
    page = thread_page(article)
    html = render_to_string(
        "newsroom/_json_ld.html", {"json_ld": json_ld(article, page)}
    )
    soup: Any = BeautifulSoup(html, "lxml")
    (script,) = soup.find_all("script")
    assert script["type"] == "application/ld+json"
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(script.string)
    data = json.loads(script.string)
    assert data == article_data(article, page)
    assert data["headline"] == HOSTILE
    assert data["comment"][0]["text"] == HOSTILE


def test_structured_data_asks_nothing_of_the_database(
    django_assert_num_queries: Any,
) -> None:
    CommentFactory(published=True)
    article = Article.objects.select_related("section").get()
    page = thread_page(article)
    with django_assert_num_queries(0):
        json_ld(article, page)
