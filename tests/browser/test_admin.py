"""The back office in a browser: no console error, nothing the CSP refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Block, RelatedLink
from moderation.models import Action, Flag, Term
from moderation.services import decide
from tests.browser.conftest import Visitor
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    RankerFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(visitor: Visitor, account: Any) -> None:
    client = Client()
    client.force_login(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )


def newspaper() -> Article:
    """An article with blocks, links, a flagged comment, a decision and a term."""
    article = ArticleFactory(
        section=SectionFactory(name="À La Une"),
        title="Syrie : une image, deux récits",
        paragraphs=["Premier paragraphe. " * 12, "(Lire aussi : Le pain)", "Fin."],
    )
    article.blocks.filter(position=2).update(type=Block.Type.RELATED_INLINE)
    RelatedLink.objects.create(
        article=article, placement="inline", position=2, title="Le pain"
    )
    RelatedLink.objects.create(
        article=article, position=1, title="Le four", target=ArticleFactory()
    )
    comment = CommentFactory(article=article, text="Quel avis !!!!", published=True)
    assert comment.revision
    Flag.objects.create(
        revision=comment.revision, rule="punctuation", rule_version=1, start=10, end=14,
        category="punctuation", severity="low", text="!!!!",
        explanation={"fr": "quatre points d’exclamation"},
    )  # fmt: skip
    decide(
        comment, action=Action.HIDE, reason="cri", by=ModeratorFactory(), after=None,
        revision=comment.revision_id,
    )  # fmt: skip
    Term.objects.create(text="mot d’essai", kind="insult", note="pour voir")
    RankerFactory()
    return article


def pages() -> list[str]:
    """The first page, and every list, form and history that a superuser may open."""
    found = [reverse("admin:index"), reverse("admin:import_page")]
    for model, options in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if type(options).has_add_permission is admin.ModelAdmin.has_add_permission:
            found.append(reverse(f"{name}_add"))
        row = model._default_manager.first()
        if row is not None:
            found.append(reverse(f"{name}_change", args=(row.pk,)))
            found.append(reverse(f"{name}_history", args=(row.pk,)))
    return found


def test_every_page_opens_without_a_fault(visit: Callable[..., Visitor]) -> None:
    newspaper()
    visitor = visit()
    sign_in(visitor, UserFactory(is_staff=True, is_superuser=True))
    for path in pages():
        answer = visitor.page.goto(visitor.site + path)
        assert answer is not None
        assert answer.status in (200, 403), path


def test_editor_writes_and_reorders_an_article(visit: Callable[..., Visitor]) -> None:
    newspaper()
    visitor = visit()
    sign_in(visitor, EditorFactory())
    page = visitor.open(reverse("admin:index"))
    page.get_by_role("link", name="Écrire un article").click()
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
