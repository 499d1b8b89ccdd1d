"""/recherche/: what readers see, and what hostile queries do to it."""

import random
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from articles.search import results
from comments import search
from tests.articles.admin_forms import edit
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    EditorFactory,
)

pytestmark = pytest.mark.django_db

FTS_WORDS = ["AND", "OR", "NOT", "NEAR", "NEAR/2", "rank", "rowid", "MATCH", "*"]
PIECES = [
    *FTS_WORDS,
    *"'\"«»“”%_\\;:|&!()<>^~*+-@#$/?,.{}[]`",
    "''",
    "<->",
    "<2>",
    ":*",
    "!!",
    "--",
    "/*",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\uffff",
    "\U0001f595\U0001f3fd",
    "\u0301",
    "الحرب",
    "中文字",
    "guerre",
    "l’économie",
    "1e309",
    "١٢٣",
    "½",
    "' OR 1=1 --",
    "'; DROP TABLE comments_comment; --",
    "terms:guerre",
    "{terms} : guerre",
    "^guerre",
    "guerre*",
    '"guerre" + "paix"',
    "to_tsquery('x')",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "%(x)s %s",
    "${jndi:x}",
    "a" * 10_000,
    "é " * 5_000,
    '"' * 9_999,
    "(" * 5_000,
    " AND " * 2_000,
]


def hostile_queries() -> list[str]:
    """300 queries: each piece alone, then chance mixtures of two to six, always the same."""
    chance = random.Random(23)  # noqa: S311
    mixtures = [
        chance.choice(["", " ", '"']).join(
            chance.choices(PIECES, k=chance.randint(2, 6))
        )
        for _number in range(300 - len(PIECES))
    ]
    return [*PIECES, *mixtures]


def page_of(client: Client, **asked: str) -> Any:
    response = client.get("/recherche/", asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def test_results_in_two_lists_with_their_words_marked(client: Client) -> None:
    ArticleFactory(
        title="L’Économie & le reste",
        slug="economie",
        paragraphs=["Rien ici.", "Des économies <partout> ; l’État <b>paie</b>."],
        published_at=datetime(2026, 3, 1, 8, tzinfo=UTC),
    )
    comment = CommentFactory(
        article=ArticleFactory(title="Autre sujet"),
        author=CommenterFactory(name="FAKHOURI"),
        text="Mon économie\nà <i>moi</i>",
        created_at=datetime(2015, 9, 18, 21, 33, tzinfo=UTC),
        published=True,
    )
    page = page_of(client, q="economie")
    lists = page.select("section.search-results")
    assert [each.h2.get_text(" ", strip=True) for each in lists] == [
        "Articles 1 article",
        "Commentaires des lecteurs 1 commentaire",
    ]
    first, second = (each.select_one("li") for each in lists)
    assert first.h3.get_text() == "L’Économie & le reste"
    assert first.h3.a["href"] == "/article/economie/"
    assert [mark.get_text() for mark in first.select("mark")] == [
        "Économie",
        "économies",
    ]
    extract = first.select_one(".search-extract")
    assert extract.get_text() == "Des économies <partout> ; l’État <b>paie</b>."
    assert "1er mars 2026" in first.select_one(".meta").get_text()
    assert second.h3.bdi.get_text() == "FAKHOURI"
    assert second.h3.a["href"] == f"/commentaires/{comment.pk}/"
    assert second.h3.a.get_text() == "00 h 33, le 19 septembre 2015"
    assert second.select_one(".search-extract").get_text() == (
        "Mon économie\nà <i>moi</i>"
    )
    assert second.select_one(".meta a").get_text() == "Autre sujet"


def test_the_form_keeps_what_was_typed_and_an_empty_page_helps(client: Client) -> None:
    typed = 'l’"introuvable" <été> & %_'
    page = page_of(client, q=typed)
    assert page.select_one("#search-q")["value"] == typed
    assert "Aucun article" in page.get_text()
    assert "Aucun commentaire" in page.get_text()
    assert page.select_one(".search-help")
    assert typed in page.title.get_text()


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\x00"])
def test_nothing_to_look_for(client: Client, typed: str) -> None:
    ArticleFactory(paragraphs=["? !"])
    page = page_of(client, q=typed)
    assert not page.select(".search-results")
    assert bool(page.select(".notice")) == (typed == "?!")


def test_the_page_before_any_search(client: Client) -> None:
    response = client.get("/recherche/")
    assert response.status_code == 200
    assert b"csrf" not in response.content
    assert not response.cookies


def test_only_reading(client: Client) -> None:
    assert client.post("/recherche/", {"q": "mot"}).status_code == 405
    assert client.head("/recherche/?q=mot").status_code == 200


def test_pages_of_each_list_follow_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PAGE_SIZE", 2)
    monkeypatch.setattr(search, "PAGE_SIZE", 2)
    for _number in range(5):
        article = ArticleFactory(paragraphs=["un coquelicot"])
        CommentFactory(article=article, text="un coquelicot", published=True)
    for name, pages in (("found-articles", 3), ("found-comments", 3)):
        seen: list[str] = []
        address = "/recherche/?q=coquelicot"
        for number in range(pages):
            page: Any = BeautifulSoup(client.get(address).content, "lxml")
            part = page.select_one(f"section[aria-labelledby={name}]")
            seen += [link["href"] for link in part.select("h3 a")]
            assert len(page.select("section.search-results")) == (1 if number else 2)
            following = part.select_one("a[rel=next]")
            address = (
                "/recherche/" + following["href"].partition("/recherche/")[2]
                if following
                else ""
            )
        assert address == ""
        assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("kind", ["articles", "commentaires", "x"])
@pytest.mark.parametrize("after", ["x", "1.x", "\x00", "9" * 5000, "0.9-9-9"])
def test_places_that_do_not_exist(client: Client, kind: str, after: str) -> None:
    response = client.get("/recherche/", {"q": "mot", "dans": kind, "apres": after})
    assert response.status_code == (200 if kind == "x" else 404)


def test_three_hundred_hostile_queries(client: Client) -> None:
    article = ArticleFactory(title="Tout autre chose")
    CommentFactory(article=article, text="La guerre, l’économie", published=True)
    queries = hostile_queries()
    assert len(queries) == 300
    for typed in queries:
        response = client.get("/recherche/", {"q": typed})
        assert response.status_code == 200, typed[:80]
        page = BeautifulSoup(response.content, "lxml")
        assert not page.select("script:not([src])"), typed[:80]
    # The table is still there, and operators have not widened anything
    assert b"<mark>guerre</mark>" in client.get("/recherche/?q=guerre").content
    for typed in ("guerre OR paix", "guer*", "NOT paix", "' OR 1=1 --", "%", "g_erre"):
        assert b"<mark>" not in client.get("/recherche/", {"q": typed}).content, typed


@pytest.mark.parametrize(
    "raw", ["%ED%A0%80", "%FF%FE", "%00", "%C0%AF", "%E2%82", "%F4%90%80%80", "%"]
)
def test_bytes_that_are_no_text(client: Client, raw: str) -> None:
    for name in ("q", "dans", "apres"):
        response = client.get(f"/recherche/?q=mot&{name}={raw}")
        assert response.status_code in (200, 404)


def test_words_beyond_the_limit_are_named_as_not_searched(client: Client) -> None:
    CommentFactory(text="coquelicot", published=True)
    many = " ".join(f"mot{number}" for number in range(30))
    assert "Seuls les 16 premiers mots" in page_of(client, q=many).get_text()
    assert "Seuls les" not in page_of(client, q="coquelicot").get_text()


def test_queries_to_the_database_do_not_depend_on_results(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(20) as asked:
            client.get("/recherche/?q=coquelicot")
        return len(asked)

    def add() -> None:
        for _number in range(4):
            article = ArticleFactory(paragraphs=["un coquelicot"])
            CommentFactory(article=article, text="un coquelicot", published=True)

    add()
    few = cost()
    add()
    assert cost() == few
    assert few <= 6


def test_query_of_another_alphabet_in_the_address(client: Client) -> None:
    CommentFactory(text="الحرب في سوريا", published=True)
    found = client.get("/recherche/?" + urlencode({"q": "الحرب"}))
    assert "<mark>الحرب</mark>" in found.content.decode()
    assert quote("سوريا") in quote(found.content.decode())


def test_an_article_edited_in_the_admin_is_found_by_its_new_words(
    client: Client,
) -> None:
    article = ArticleFactory(title="Un coquelicot", paragraphs=["Rouge."])
    desk = Client()
    desk.force_login(EditorFactory())

    def found(word: str) -> bool:
        return b"<mark>" in client.get("/recherche/", {"q": word}).content

    assert (found("coquelicot"), found("pivoine")) == (True, False)
    assert edit(desk, article, title="Une pivoine").status_code == 302
    assert (found("coquelicot"), found("pivoine")) == (False, True)
