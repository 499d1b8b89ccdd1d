"""Groups of the queue decided by keyboard, by thumb and without scripts."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import ModeratorFactory, ReaderFactory
from tests.moderation.batch_worlds import statuses
from tests.moderation.likeness.waves import OTHER, post, variants

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
ALIKE = "4 commentaires presque identiques en attente"
BURST = "3 commentaires du même auteur en moins d’une minute"


@pytest.fixture
def wave(live_server):
    return [post(text) for text in variants(4)]


@pytest.fixture
def others(wave):
    author = ReaderFactory().commenter
    return [post(OTHER), *(post(t, author=author) for t in ("Un.", "Deux.", "Trois."))]


@pytest.fixture
def sign_in(visit):
    def open_desk(**window):
        visitor = visit(**window)
        client = Client()
        client.force_login(ModeratorFactory(first_name="Marie", last_name="Khoury"))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        visitor.open("/moderation/")
        return visitor

    return open_desk


def test_a_group_by_keyboard_alone(wave, others, sign_in):
    visitor = sign_in()
    page = visitor.page
    assert visitor.violations() == []
    page.keyboard.press("j")
    page.keyboard.press("g")
    page.wait_for_url("**groupe=t**")
    assert page.locator("[data-card]").count() == 4
    assert "jeudi" in page.locator(".desk-difference ins").first.inner_text()
    assert visitor.violations() == []
    page.get_by_role("button", name="Tout masquer…").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lots/confirmer/")
    assert page.locator("h1").inner_text() == "Masquer 4 commentaires"
    assert "textes presque identiques" in page.locator("form.desk-batch").inner_text()
    assert not visitor.axe()
    page.get_by_label("Motif").focus()
    page.keyboard.type("Pourriel")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#annonces, #annonce-lot").get_by_text(
        "4 commentaires masqués"
    ).wait_for()
    assert statuses(wave) == {"hidden": 4}
    assert statuses(others) == {"pending": 4}
    assert visitor.violations() == []
    page.get_by_role("button", name="Annuler le lot").focus()
    page.keyboard.press("Enter")
    page.get_by_text("comme avant").first.wait_for()
    assert statuses(wave) == {"pending": 4}


@pytest.mark.parametrize("dark", [False, True])
def test_a_burst_by_one_thumb(wave, others, sign_in, dark):
    visitor = sign_in(width=390, dark=dark)
    page = visitor.page
    link = page.get_by_role("link", name=BURST).first
    assert link.bounding_box()["height"] >= 44
    link.click()
    page.wait_for_url("**groupe=a**")
    assert page.locator("[data-card]").count() == 3
    assert page.locator(".desk-beside").count() == 0
    assert visitor.violations() == []
    page.get_by_role("button", name="Tout publier ou garder…").click()
    assert visitor.violations() == []
    page.get_by_role("button", name="Publier 3 commentaires").click()
    page.get_by_text("3 commentaires publiés ou gardés.").first.wait_for()
    assert statuses(others) == {"published": 3, "pending": 1}
    assert statuses(wave) == {"pending": 4}


def test_one_by_one_without_scripts(wave, others, sign_in):
    page = sign_in(javascript=False).page
    page.get_by_role("link", name=ALIKE).first.click()
    assert page.locator("[data-card]").count() == 4
    page.locator("[data-card]").nth(1).get_by_role("button", name="Publier").click()
    assert "groupe=" in page.url
    assert page.locator("[data-card]").count() == 3
    assert statuses(wave) == {"published": 1, "pending": 3}
