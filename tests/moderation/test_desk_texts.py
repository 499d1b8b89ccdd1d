"""A text as it was typed, its unseen signs shown, and grave texts covered on demand."""

import pytest
from django.urls import reverse

from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = pytest.mark.django_db

QUEUE = "/moderation/"
GRAVE = "Espèce de con\u200bnard <b>, sale \u202echien."
MILD = "Je ne suis pas de cet avis, mais alors pas du tout."


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def written(text):
    article = ArticleFactory(comment_policy="a_priori")
    return submit_comment(article=article, author=ReaderFactory().commenter, text=text)


def test_unseen_signs_are_counted_and_shown_escaped(desk):
    written(GRAVE)
    page = desk.get(QUEUE).content.decode()
    assert "2 signes invisibles" in page
    assert (
        'Espèce de con<span class="unseen">U+200B</span>nard &lt;b&gt;, '
        'sale <span class="unseen">U+202E</span>chien.'
    ) in page
    assert page.count("data-raw open") == 1


def test_a_plain_text_stays_folded_away(desk):
    written(MILD)
    page = desk.get(QUEUE).content.decode()
    assert "signe invisible" not in page
    assert f'<p class="desk-raw-text" dir="auto">{MILD}</p>' in page
    assert "data-raw open" not in page


def test_grave_texts_are_covered_until_asked_for(desk):
    grave, mild = written(GRAVE), written(MILD)
    assert "data-veil" not in desk.get(QUEUE).content.decode()
    answer = desk.post(reverse("moderation:veil"), {"voiler": "1", "next": QUEUE})
    assert (answer.status_code, answer.url) == (302, QUEUE)
    page = desk.get(QUEUE).content.decode()
    assert page.count("data-veil") == 1
    cover = page.index("data-veil")
    assert page.index(f'id="carte-{grave.pk}"') < cover
    assert cover < page.index(f'id="carte-{mild.pk}"')
    alone = desk.get(reverse("moderation:comment", args=[grave.pk])).content.decode()
    assert alone.count("data-veil") == 1
    desk.post(reverse("moderation:veil"), {"voiler": "0", "next": QUEUE})
    assert "data-veil" not in desk.get(QUEUE).content.decode()


def test_readers_cannot_reach_it(client):
    client.force_login(ReaderFactory().commenter.user)
    assert client.post(reverse("moderation:veil"), {"voiler": "1"}).status_code == 403
    assert client.get(reverse("moderation:veil")).status_code in (403, 405)
