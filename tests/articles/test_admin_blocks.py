"""Blocks and links of an article put in order in the back office."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from articles.models import Block, RelatedLink
from tests.articles.admin_forms import body, change_url, edit, form_data, links
from tests.factories import ArticleFactory, EditorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which an editor has signed in."""
    client.force_login(EditorFactory())
    return client


def test_blocks_swap_places(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "deux", "trois"])
    keys = dict(article.blocks.values_list("text", "pk"))
    edit(desk, article, **{"blocks-0-position": 2, "blocks-1-position": 1})
    assert body(article) == [(1, "deux"), (2, "un"), (3, "trois")]
    assert dict(article.blocks.values_list("text", "pk")) == keys


def test_block_is_inserted_in_the_middle(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "deux", "trois"])
    edit(desk, article, **{"blocks-3-position": 2, "blocks-3-text": "nouveau"})
    assert body(article) == [(1, "un"), (2, "nouveau"), (3, "deux"), (4, "trois")]


def test_block_without_rank_comes_last(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "deux"])
    edit(desk, article, **{"blocks-2-text": "fin"})
    assert body(article) == [(1, "un"), (2, "deux"), (3, "fin")]


def test_deleted_block_leaves_no_gap(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "deux", "trois"])
    edit(desk, article, **{"blocks-1-DELETE": "on"})
    assert body(article) == [(1, "un"), (2, "trois")]


def test_swap_insertion_and_deletion_together(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "deux", "trois", "quatre"])
    typed = {
        "blocks-0-position": 4,
        "blocks-1-DELETE": "on",
        "blocks-3-position": 1,
        "blocks-4-position": 3,
        "blocks-4-text": "neuf",
    }
    edit(desk, article, **typed)
    assert [text for _rank, text in body(article)] == ["quatre", "neuf", "un", "trois"]


def test_block_that_someone_else_added_meanwhile_is_kept(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "deux"])
    data = form_data(desk.get(change_url(article)))
    Block.objects.create(article=article, position=3, text="de l’autre")
    data |= {"blocks-2-text": "de moi"}
    assert desk.post(change_url(article), data).status_code == 302
    assert [text for _rank, text in body(article)] == [
        "un", "deux", "de moi", "de l’autre",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", [" \u00a0 ", "\x00"])
def test_bad_block_is_refused_beside_its_field(desk: Client, typed: str) -> None:
    article = ArticleFactory(paragraphs=["un"])
    answer = edit(desk, article, **{"blocks-0-text": typed, "title": "Tapé ici"})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert "Tapé ici" in answer.content.decode()
    assert body(article) == [(1, "un")]


def test_inline_link_follows_its_block(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "(Lire aussi : A)", "(Lire aussi : B)"])
    article.blocks.filter(position__gt=1).update(type=Block.Type.RELATED_INLINE)
    for rank, title in ((2, "A"), (3, "B")):
        RelatedLink.objects.create(
            article=article, placement="inline", position=rank, title=title
        )
    edit(desk, article, **{"blocks-1-position": 3, "blocks-2-position": 2})
    assert links(article) == [("inline", 2, "B"), ("inline", 3, "A")]
    edit(desk, article, **{"blocks-3-position": 1, "blocks-3-text": "avant"})
    assert links(article) == [("inline", 3, "B"), ("inline", 4, "A")]

    refused = edit(desk, article, **{"blocks-2-DELETE": "on"})
    assert "Aucun bloc «\u00a0Lire aussi\u00a0» libre" in refused.content.decode()
    assert links(article) == [("inline", 3, "B"), ("inline", 4, "A")]

    edit(
        desk, article, **{"blocks-2-DELETE": "on", "related_links-0-placement": "list"}
    )
    assert links(article) == [("inline", 3, "A"), ("list", 1, "B")]


def test_inline_link_without_rank_takes_the_free_block(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un", "(Lire aussi : A)"])
    answer = edit(desk, article, **{"blocks-1-type": "related_inline"})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any(
        "Le bloc 2 «\u00a0Lire aussi\u00a0» n’a pas de lien" in text for text in said
    )

    new = {"related_links-0-placement": "inline", "related_links-0-title": "A"}
    answer = edit(desk, article, **new)
    assert links(article) == [("inline", 2, "A")]
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert not any("n’a pas de lien" in text for text in said[1:])


def test_listed_links_are_numbered_like_blocks(desk: Client) -> None:
    article = ArticleFactory()
    for rank, title in ((1, "A"), (2, "B")):
        RelatedLink.objects.create(article=article, position=rank, title=title)
    edit(
        desk,
        article,
        **{
            "related_links-0-position": 2,
            "related_links-1-position": 1,
            "related_links-2-title": "C",
            "related_links-2-placement": "list",
        },
    )
    assert links(article) == [("list", 1, "B"), ("list", 2, "A"), ("list", 3, "C")]


def test_dangerous_link_address_is_refused(desk: Client) -> None:
    article = ArticleFactory()
    new = {"related_links-0-title": "A", "related_links-0-url": "javascript:alert(1)"}
    assert "http://" in edit(desk, article, **new).content.decode()
    assert links(article) == []


def test_two_hundred_blocks_are_saved(desk: Client) -> None:
    article = ArticleFactory(paragraphs=[f"Paragraphe {n}" for n in range(200)])
    RelatedLink.objects.create(article=article, position=1, title="Ailleurs")
    article.blocks.update(joined_to_previous=True)
    answer = edit(desk, article, **{"blocks-199-position": 1})
    assert answer.status_code == 302
    assert body(article)[:2] == [(1, "Paragraphe 199"), (2, "Paragraphe 0")]
    assert len(body(article)) == 200
