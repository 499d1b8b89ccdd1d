"""The rule lab by keyboard, without scripts, on a small dark screen."""

import pytest
from django.conf import settings
from django.test import Client

from moderation.models import Term
from moderation.services import submit_comment
from tests.factories import ArticleFactory, EditorFactory, ReaderFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]

LAB = "/moderation/laboratoire/"
TEXT = "Espèce de c0n\u200bnard !!! La mégère apprivoisée est une pièce."


@pytest.fixture
def sign_in(visit):
    def open_lab(path=LAB, **window):
        visitor = visit(**window)
        client = Client()
        client.force_login(EditorFactory())
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        visitor.open(path)
        return visitor

    return open_lab


@pytest.fixture
def comment(live_server):
    Term.objects.create(text="fouzou", kind="insult")
    article = ArticleFactory(comment_policy="a_priori")
    author = ReaderFactory().commenter
    return submit_comment(article=article, author=author, text="Quel fouzou, zut.")


def main_form(page):
    return page.locator(".lab-form")


@pytest.mark.parametrize(
    "window", [{"width": 390, "dark": True}, {"javascript": False}]
)
def test_a_text_is_tried(comment, sign_in, window):
    visitor = sign_in(**window)
    page = visitor.page
    # axe needs scripts; the pages have none, so that they are the same with and without
    axe = visitor.axe if window.get("javascript", True) else list
    assert not axe()  # empty
    page.get_by_label("Texte").fill(TEXT)
    main_form(page).get_by_role("button", name="Essayer").click()
    assert page.locator(".desk-text mark").count() == 2
    assert page.get_by_label("Texte").input_value() == TEXT
    assert page.locator(".lab-read .unseen").inner_text() == "U+200B"
    page.get_by_text("Ce que les règles lisent").click()
    assert "espece de c0nnard" in page.locator(".lab-read").first.inner_text()
    page.get_by_text("Temps de chaque règle").click()
    assert not axe()
    width = window.get("width", 1280)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for target in page.locator(".lab summary, .lab .button").all():
        assert target.bounding_box()["height"] >= 44


@pytest.mark.parametrize("window", [{"width": 390}, {"dark": True}])
def test_a_term_is_refused_then_tried(comment, sign_in, window):
    visitor = sign_in(f"{LAB}terme/", **window)
    page = visitor.page
    assert not visitor.axe()
    page.get_by_label("Terme", exact=True).fill("fouzou")
    main_form(page).get_by_role("button", name="Essayer").click()
    page.get_by_text("déjà dans le lexique").wait_for()
    assert page.title().startswith("Erreur")
    assert not visitor.axe()
    page.get_by_role("link", name="Essayer plutôt à la place").click()
    main_form(page).get_by_role("button", name="Essayer").click()
    assert page.locator(".lab-examples mark").inner_text() == "fouzou"
    assert not visitor.axe()
    width = window.get("width", 1280)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("link", name="Essayer un motif").click()
    page.get_by_label("Motif", exact=True).fill("zu+t")
    main_form(page).get_by_role("button", name="Essayer").click()
    assert page.locator(".lab-examples mark").inner_text() == "zut"
    assert not visitor.axe()


def test_by_keyboard_from_a_flag_to_the_lexicon(comment, sign_in):
    visitor = sign_in("/moderation/")
    page = visitor.page
    page.get_by_role("link", name="Essayer dans le laboratoire").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/laboratoire/terme/?releve=*")
    page.get_by_label("Terme", exact=True).focus()
    for _ in range(5):  # language, role, when, severity, forms
        page.keyboard.press("Tab")
    page.keyboard.type("fouzouille")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="serait relevé").wait_for()
    assert page.evaluate("document.activeElement.id") == "resultat"
    page.get_by_role("button", name="Enregistrer ce terme").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/moderation/term/")
    assert Term.objects.get().forms == "fouzouille"


def test_a_refused_form_takes_the_focus_to_what_is_wrong(comment, sign_in):
    visitor = sign_in(f"{LAB}motif/")
    page = visitor.page
    page.get_by_label("Motif", exact=True).fill("(zut")
    main_form(page).get_by_role("button", name="Essayer").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Rien n’a été essayé").wait_for()
    assert page.evaluate("document.activeElement.id") == "resultat"
    assert not visitor.axe()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "regex"
