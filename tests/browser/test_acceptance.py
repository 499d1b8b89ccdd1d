"""One comment's life, seen by its reader and by a moderator, with and without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.browser.conftest import Visitor
from tests.factories import ModeratorFactory

pytestmark = [pytest.mark.browser]
SEED = Path(__file__).resolve().parents[2] / "fixtures" / "article-syrie.txt"
PASSWORD = "une-phrase-pour-entrer-42"
POLITE = "Merci pour cet article, clair et mesuré."
RUDE = "Vous n’êtes qu’une bande d’abrutis, tous autant que vous êtes."


def sign_up(visitor: Visitor, *, article: str) -> None:
    page = visitor.page
    page.get_by_role("link", name="Créer un compte").first.click()
    page.get_by_label("Adresse électronique").fill("nadia@journal.example")
    page.get_by_label("Signature").fill("Nadia F.")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_label("Votre commentaire")).to_be_visible()
    assert article in page.url


def comment(page: Page, text: str) -> None:
    page.get_by_label("Votre commentaire").fill(text)
    page.get_by_role("button", name="Publier").click()


def shown_to(visitor: Visitor, article: str, text: str) -> bool:
    page = visitor.open(article)
    return text in page.locator("main").inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_life_of_two_comments(
    visit: Callable[..., Visitor], live_server: object, javascript: bool
) -> None:
    call_command("import_page", str(SEED), verbosity=0)
    seed = Comment.objects.select_related("article").latest("created_at").article
    path = seed.get_absolute_url()
    reader, other, desk = (visit(javascript=javascript) for _ in range(3))

    # Read the article
    page = reader.open("/")
    page.get_by_role("link", name=seed.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(seed.title)
    expect(
        page.get_by_role("heading", name="Commentaires (5)", exact=True)
    ).to_be_visible()
    expect(page.get_by_text("00 h 33, le 19 septembre 2015").first).to_be_visible()

    # Sign up, and comment politely: published at once
    sign_up(reader, article=path)
    comment(page, POLITE)
    expect(page.get_by_text("Votre commentaire est publié.")).to_be_visible()
    assert shown_to(other, path, POLITE)
    expect(
        other.page.get_by_role("heading", name="Commentaires (6)", exact=True)
    ).to_be_visible()

    # Comment with an insult: it waits, and only its author sees it
    reader.open(path)
    comment(page, RUDE)
    expect(page.get_by_text("Votre commentaire attend un modérateur")).to_be_visible()
    expect(page.get_by_role("heading", name="En attente de modération")).to_be_visible()
    assert RUDE in page.locator(".waiting").inner_text()
    assert not shown_to(other, path, RUDE)

    # A moderator finds the words marked, and hides it with a reason
    moderator = ModeratorFactory()
    moderator.set_password(PASSWORD)
    moderator.save()
    queue = desk.open("/compte/login/?next=/moderation/")
    queue.get_by_label("Adresse électronique").fill(moderator.email)
    queue.get_by_label("Mot de passe").fill(PASSWORD)
    queue.get_by_role("button", name="Se connecter").click()
    card = queue.locator("[data-card]").filter(has_text="bande d’abrutis")
    expect(card.locator("mark").first).to_contain_text("abrutis")
    card.get_by_text("Masquer…").click()
    card.get_by_role("button", name="Injure").click()
    expect(queue.get_by_role("button", name="Annuler").first).to_be_visible()
    reader.open("/compte/commentaires/")
    expect(page.locator("main")).to_contain_text("masqué")
    expect(page.locator("main")).to_contain_text("Injure")
    assert not shown_to(other, path, RUDE)

    # Undoes it: it waits again
    queue.get_by_role("button", name="Annuler").first.click()
    expect(card.locator("mark").first).to_be_visible()
    reader.open(path)
    assert RUDE in page.locator(".waiting").inner_text()

    # Approves it: everybody reads it
    card.get_by_role("button", name="Publier").click()
    expect(card).to_have_count(0)
    assert shown_to(other, path, RUDE)
    expect(
        other.page.get_by_role("heading", name="Commentaires (7)", exact=True)
    ).to_be_visible()
    assert page.goto(reader.site + path) is not None
    expect(page.locator(".waiting")).to_have_count(0)
