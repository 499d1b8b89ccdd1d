"""Moderators see which clause brings a comment before them."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = pytest.mark.django_db


def test_the_clause_stands_on_the_card(client: Client) -> None:
    client.force_login(ModeratorFactory())
    author, article = ReaderFactory().commenter, ArticleFactory()
    submit_comment(article=article, author=author, text="Vous êtes un sale connard.")
    link = '<a href="/charte/#clause-vie_privee">Protéger la vie privée</a>'
    assertNotContains(client.get("/moderation/"), 'class="desk-clauses"')
    comment = submit_comment(
        article=article, author=author, text="Appelez-moi au 06 12 34 56 78."
    )
    for address in ("/moderation/", f"/moderation/commentaires/{comment.pk}/"):
        page = client.get(address)
        assertContains(page, 'class="desk-clauses"')
        assertContains(page, link, count=1)
