"""Pages met once in a while: errors, what follows a mail, what an account must do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.back_office import sign_in
from tests.browser.conftest import Visitor
from tests.factories import ArticleFactory, CommentFactory, ReaderFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
KEPT = "Un avis que personne ne doit retaper."
PASSWORD = "une-phrase-pour-entrer-42"

at_both_widths = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def article(live_server: Any) -> Article:
    article = ArticleFactory(title="Le pain", paragraphs=["Il manque."])
    CommentFactory(article=article, published=True)
    made: Article = article
    return made


def check(visitor: Visitor, heading: str) -> list[str]:
    """The violations of the page that bears ``heading``."""
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(heading)
    return visitor.violations()


def link_in(message: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/compte/\S+)", message.body)
    assert found
    return found[1]


PAGES = {
    "/essai/400/": "Cette demande n’a pas pu être lue",
    "/essai/403/": "Cette page ne vous est pas ouverte",
    "/rien/": "Cette page n’existe pas",
    "/essai/429/": "Trop d’essais en peu de temps",
    "/essai/500/": "Quelque chose s’est cassé de notre côté",
    "/essai/adresse/": "Confirmez d’abord votre adresse",
    "/compte/inactive/": "Ce compte est fermé",
    "/compte/confirm-email/": "Regardez votre courrier",
    "/compte/confirm-email/rien/": "Ce lien ne sert plus",
    "/compte/password/reset/done/": "Regardez votre courrier",
    "/compte/password/reset/key/1-rien/": "Ce lien ne sert plus",
    "/compte/password/reset/key/done/": "Votre mot de passe est changé",
    "/compte/password/set/": "Changer de mot de passe",
    "/langue/": "Langue / Language",
}


@at_both_widths
def test_pages_at_an_address(
    visit: Callable[..., Visitor], article: Article, settings: Any, width: int
) -> None:
    settings.ROOT_URLCONF = "tests.browser.failing_urls"
    visitor = visit(width=width)
    reader = ReaderFactory()
    reader.set_unusable_password()  # so that one is to be set
    reader.save()
    sign_in(visitor, reader)
    found = []
    for path, heading in PAGES.items():
        visitor.open(path)
        found += check(visitor, heading)
    assert not found, "\n".join(found)


@at_both_widths
def test_what_an_account_must_do(
    visit: Callable[..., Visitor],
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    """A forgotten password, an address to confirm, a password asked once more."""
    visitor = visit(width=width)
    page = visitor.page
    reader = ReaderFactory()
    reader.set_password(PASSWORD)
    reader.save()
    address = EmailAddress.objects.create(user=reader, email=reader.email)

    visitor.open(reverse("account_reset_password"))
    page.get_by_label("Adresse électronique").fill(reader.email)
    page.get_by_role("button", name="Envoyer le lien").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regardez votre courrier")
    visitor.open(link_in(mail.outbox[-1]))
    found = check(visitor, "Nouveau mot de passe")
    page.get_by_label("Nouveau mot de passe").first.fill("1234")
    page.get_by_label("Le même").fill("12345")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    found += check(visitor, "Nouveau mot de passe")

    visitor.open(
        reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])
    )
    found += check(visitor, "Confirmer mon adresse")
    page.get_by_role("button", name="Oui, confirmer").click()
    page.wait_for_url(lambda url: "confirm-email" not in url)
    address.refresh_from_db()
    assert address.verified
    found += visitor.violations()  # with the message that says so

    sign_in(visitor, reader)
    visitor.open(reverse("account_change_password"))
    found += visitor.violations()
    visitor.open(reverse("account_email"))
    page.get_by_label("Adresse électronique").fill("autre@journal.example")
    page.get_by_role("button", name="Changer d’adresse").click()
    found += check(visitor, "Confirmer que c’est vous")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("autre@journal.example", exact=True)).to_be_visible()
    found += check(visitor, "Adresse électronique")

    monkeypatch.setattr(
        DefaultAccountAdapter, "is_open_for_signup", lambda *_given: False
    )
    page.context.clear_cookies()
    visitor.open(reverse("account_signup"))
    found += check(visitor, "Les inscriptions sont fermées")
    assert not found, "\n".join(found)


@at_both_widths
def test_a_comment_on_its_way(
    visit: Callable[..., Visitor], article: Article, width: int
) -> None:
    """Its preview, its refusal, and its text given back when it cannot be sent."""
    visitor = visit(width=width)
    page = visitor.page

    def write(button: str, *, without: str = "") -> None:
        sign_in(visitor, reader)
        visitor.open(article.get_absolute_url())
        page.get_by_label("Votre commentaire").fill(KEPT)
        if without:
            page.context.clear_cookies(name=without)
        page.get_by_role("button", name=button).click()

    reader = ReaderFactory()
    write("Aperçu")
    expect(page.get_by_text(KEPT).first).to_be_visible()
    found = visitor.violations()
    for cookie, heading in (
        ("session", "Votre commentaire n’est pas parti"),
        ("csrf", "Ce formulaire a expiré"),
    ):
        write("Publier", without=cookie)
        found += check(visitor, heading)
        expect(page.get_by_label("Votre texte")).to_have_value(KEPT)
    assert not found, "\n".join(found)
