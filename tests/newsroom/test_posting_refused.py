"""Comments that cannot be posted: the reason is said, nothing typed is lost."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, CommentPolicy
from comments.models import Comment
from tests.factories import (
    ArticleFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db
POLITE = "Merci pour cet article, clair et mesuré."


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def reader(client):
    reader = ReaderFactory()
    client.force_login(reader)
    return reader


def address(article):
    return reverse("post_comment", args=[article.slug])


def post(client, article, text=POLITE, **fields):
    return client.post(address(article), {"text": text, **fields})


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "est vide"),
            (" \u200b\n ", "est vide"),
            ("é" * 3003, "3 de trop"),
            ("avant\x00après", "caractères invalides"),
        ],
    )
    def test_are_said_beside_the_field(self, client, article, reader, text, said):
        response = post(client, article, text=text)
        assertContains(response, said, status_code=422)
        assertContains(response, 'aria-invalid="true"', status_code=422)
        assertContains(
            response,
            'aria-describedby="id_text_error comment-limit"',
            status_code=422,
        )
        assertContains(response, f"\n{text}</textarea>", status_code=422)
        assert not Comment.objects.exists()

    def test_length_is_counted_as_readers_do(self, client, article, reader):
        assert post(client, article, text="👩‍👩‍👧‍👦" * 3001).status_code == 422
        assert post(client, article, text="👩‍👩‍👧‍👦" * 3000).status_code == 302

    def test_closed_while_writing(self, client, article, reader):
        Article.objects.filter(pk=article.pk).update(
            comment_policy=CommentPolicy.CLOSED
        )
        response = post(client, article)
        assertContains(response, "sont fermés", status_code=422)
        assertContains(response, POLITE, status_code=422)
        assert not Comment.objects.exists()

    def test_too_often(self, client, article, reader, settings):
        settings.COMMENTS_PER_MINUTE = 2
        for number in range(2):
            assert post(client, article, text=f"Avis n° {number}").status_code == 302
        response = post(client, article, text="Avis de trop")
        assertContains(response, "attendez une minute", status_code=429)
        assertContains(response, "Avis de trop", status_code=429)
        assert response.headers["Retry-After"] == "60"
        assert Comment.objects.count() == 2

    def test_signed_out_meanwhile(self, client, article):
        response = post(client, article)
        assertContains(response, POLITE, status_code=403)
        assertContains(response, reverse("account_login"), status_code=403)
        assert not Comment.objects.exists()

    def test_without_signature(self, client, article):
        user = User.objects.create(username="sans-signature")
        user.groups.add(Group.objects.get(name="reader"))
        client.force_login(user)
        response = post(client, article)
        assertContains(response, POLITE, status_code=403)
        assertContains(response, reverse("signature"), status_code=403)

    def test_old_token(self, article):
        client = Client(enforce_csrf_checks=True)
        client.force_login(ReaderFactory())
        response = post(client, article)
        assertContains(response, POLITE, status_code=403)
        assertContains(response, "readonly", status_code=403)
        page = client.get(article.get_absolute_url()).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        response = post(client, article, csrfmiddlewaretoken=token[1])
        assert response.status_code == 302

    def test_old_token_elsewhere_repeats_nothing(self):
        client = Client(enforce_csrf_checks=True)
        response = client.post(
            reverse("account_login"),
            {"login": "a@b.fr", "password": "secret", "text": "x"},
        )
        assert response.status_code == 403
        assertNotContains(response, "secret", status_code=403)

    def test_draft_takes_no_comment(self, client, reader):
        draft = ArticleFactory(status=Article.Status.DRAFT)
        assert post(client, draft).status_code == 404
