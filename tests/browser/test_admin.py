"""Writing and linking articles in the back office, as an editor does."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.back_office import newspaper, sign_in
from tests.browser.conftest import Visitor
from tests.factories import ArticleFactory, EditorFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_editor_writes_and_reorders_an_article(visit: Callable[..., Visitor]) -> None:
    newspaper()
    visitor = visit()
    sign_in(visitor, EditorFactory())
    page = visitor.open(reverse("admin:index"))
    page.get_by_role("link", name="Écrire un article").click()
    expect(page.get_by_label("Titre :", exact=True)).to_be_focused()
    page.get_by_label("Titre :", exact=True).press_sequentially("L’été à Beyrouth")
    expect(page.get_by_label("Adresse :", exact=True)).to_have_value("lete-a-beyrouth")
    page.get_by_label("Rubrique").select_option(label="À La Une")
    page.locator("#id_blocks-0-text").fill("Le premier.")
    page.get_by_role("button", name="Ajouter un objet Bloc").click()
    page.locator("#id_blocks-1-text").fill("Le second, qui ira devant.")
    page.locator("#id_blocks-1-position").fill("1")
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    page.wait_for_url("**/article/")
    article = Article.objects.get(title="L’été à Beyrouth")
    texts = list(article.blocks.values_list("position", "text"))
    assert texts == [(1, "Le second, qui ira devant."), (2, "Le premier.")]


def test_editor_chooses_where_a_link_leads(visit: Callable[..., Visitor]) -> None:
    article = newspaper()
    wanted = ArticleFactory(title="Le pain et la guerre")
    visitor = visit()
    sign_in(visitor, EditorFactory())
    page = visitor.open(reverse("admin:articles_article_change", args=(article.pk,)))
    row = page.locator("#related_links-0")
    row.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("guerre")
    page.locator(".select2-results__option", has_text=wanted.title).click()
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    page.wait_for_url("**/article/")
    assert article.related_links.get(placement="inline").target == wanted
