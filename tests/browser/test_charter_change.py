"""A reader learns that the charter changed, reads what, and sends the notice away."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from moderation.charter.notice_models import CharterNotice
from tests.factories import ArticleFactory, EditorFactory, ReaderFactory
from tests.moderation.charter.announcing import announced, retitled

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
SIZES = [(390, False), (1280, True)]
TOLD = "La charte des commentaires a changé le"


@pytest.fixture
def article(live_server):
    return ArticleFactory(slug="paru", paragraphs=["Un paragraphe."])


def sign_in(visitor, account):
    client = Client()
    client.force_login(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )
    return visitor


def told_reader(visitor):
    """A reader who had an account when the charter changed."""
    sign_in(visitor, ReaderFactory())
    announced()
    return visitor


@pytest.mark.parametrize(("width", "javascript"), SIZES)
def test_reads_what_changed(visit, article, width, javascript):
    visitor = told_reader(visit(width=width, javascript=javascript))
    page = visitor.open(article.get_absolute_url())
    expect(page.get_by_text(TOLD)).to_be_visible()
    if javascript:
        assert not visitor.violations()
    page.get_by_role("link", name="Lire ce qui change").click()
    changes = page.get_by_role("region", name="Ce qui a changé avec la version 2")
    expect(changes.locator("del")).to_contain_text("Rester")
    expect(changes.locator("ins")).to_contain_text("Parler")
    for tag, line in (("del", "line-through"), ("ins", "underline")):
        style = "getComputedStyle(each).textDecorationLine"
        shown = changes.locator(tag).first.evaluate(f"(each) => {style}")
        assert shown == line  # not by colour alone
    if javascript:
        assert not visitor.violations()
    visitor.open(article.get_absolute_url())
    expect(page.get_by_text(TOLD)).to_have_count(0)


@pytest.mark.parametrize(("width", "javascript"), SIZES)
def test_sends_the_notice_away(visit, article, width, javascript):
    visitor = told_reader(visit(width=width, javascript=javascript))
    page = visitor.open(article.get_absolute_url())
    area = page.get_by_label("Votre commentaire")
    if javascript:
        area.fill("Un avis commencé.")
    page.get_by_role("button", name="Ne plus l’afficher").click()
    expect(page.get_by_text(TOLD)).to_have_count(0)
    assert page.url.startswith(visitor.site + article.get_absolute_url())
    if javascript:  # nothing that was being typed is lost, and the keyboard stays here
        expect(area).to_have_value("Un avis commencé.")
        expect(page.get_by_text("C’est noté")).to_be_focused()
        assert not visitor.violations()
    assert CharterNotice.objects.get().seen_at is not None
    visitor.open(article.get_absolute_url())
    expect(page.get_by_text(TOLD)).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_accessibility_violation(visit, article, width, dark):
    visitor = told_reader(visit(width=width, dark=dark))
    found = []
    for address in (article.get_absolute_url(), "/charte/2/#changements"):
        visitor.open(address)
        found += visitor.violations()
    visitor = sign_in(visit(width=width, dark=dark), EditorFactory())
    retitled("Parler du sujet")
    visitor.open("/admin/moderation/charterversion/publier/")
    found += visitor.axe()
    assert not found, "\n".join(found)
