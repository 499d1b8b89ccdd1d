"""French for everyone; another language is a reader's own choice, kept in a cookie."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db


def test_browser_does_not_choose(client):
    response = client.get("/", headers={"accept-language": "en"})
    assertContains(response, '<html lang="fr" dir="ltr">')
    assert response.headers["Content-Language"] == "fr"


def test_choice_is_kept_and_leads_back(client):
    article = ArticleFactory(title="Un titre français")
    address = article.get_absolute_url()
    page = client.get(reverse("language"), {"next": address})
    assertContains(page, f'name="next" value="{address}"')
    response = client.post(reverse("set_language"), {"language": "en", "next": address})
    assert response.url == address
    response = client.get(address)
    assertContains(response, '<html lang="en" dir="ltr">')
    assertContains(response, '<article class="article" lang="fr">')
    client.post(reverse("set_language"), {"language": "fr"})
    response = client.get(address)
    assertContains(response, '<html lang="fr" dir="ltr">')
    assertNotContains(response, '<article class="article" lang=')


def test_comments_keep_their_language(client):
    comment = CommentFactory(published=True)
    address = comment.article.get_absolute_url()
    assertContains(client.get(address), '<div class="comment-text">')
    client.post(reverse("set_language"), {"language": "en"})
    assertContains(client.get(address), '<div class="comment-text" lang="fr">')


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:x"]
)
def test_leads_nowhere_else(client, address):
    page = client.get(reverse("language"), {"next": address})
    assertNotContains(page, "evil")
    assertNotContains(page, "javascript:")
    response = client.post(reverse("set_language"), {"language": "en", "next": address})
    assert "evil" not in response.url


def test_unknown_language_stays_french(client):
    client.post(reverse("set_language"), {"language": "xx"})
    assertContains(client.get("/"), '<html lang="fr"')
