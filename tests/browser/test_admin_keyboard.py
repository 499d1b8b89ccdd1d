"""An editor's morning without a mouse: sign in, change an article, save it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.back_office import newspaper
from tests.browser.conftest import Visitor
from tests.factories import EditorFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "une-phrase-pour-entrer-42"
FARTHEST = 200  # presses of a key


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focused element's name begins with ``wanted``."""
    passed = []
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        name = page.evaluate(NAME)
        if name.startswith(wanted):
            expect(page.locator(":focus")).to_be_in_viewport()
            assert page.evaluate(SEEN), f"no mark of the focus on {name}"
            return
        passed.append(name)
    raise AssertionError(f"{wanted} is not among {passed}")


NAME = """() => {
  const element = document.activeElement;
  const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  return (label || element.value || element.textContent || "").trim();
}"""
SEEN = """() => {
  const element = document.activeElement;
  const marks = (style) => [style.outlineStyle, style.boxShadow, style.borderColor,
    style.backgroundColor, style.color, style.textDecorationLine].join();
  const focused = marks(getComputedStyle(element));
  element.blur();
  const blurred = marks(getComputedStyle(element));
  element.focus({ preventScroll: true, focusVisible: true });
  return focused !== blurred;
}"""


def test_an_article_is_changed_by_keyboard(
    visit: Callable[..., Visitor], live_server: Any
) -> None:
    article = newspaper()
    editor = EditorFactory()
    editor.set_password(PASSWORD)
    editor.save()
    page = visit().open("/admin/")

    tab_to(page, "Adresse électronique")
    page.keyboard.type(editor.email)
    tab_to(page, "Mot de passe")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")

    page.keyboard.press("Tab")
    assert "contenu" in page.evaluate(NAME)
    page.keyboard.press("Enter")  # past the header
    tab_to(page, "Articles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/article/")

    tab_to(page, "Chercher dans la liste")
    page.keyboard.type("récits")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    tab_to(page, article.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/*")

    tab_to(page, "Titre")
    page.keyboard.press("End")
    page.keyboard.type(" et demi")
    tab_to(page, "Paru le\u00a0: date")
    tab_to(page, "Texte")  # the first block's
    page.keyboard.press("Control+End")
    page.keyboard.type(" Et une phrase de plus.")
    tab_to(page, "Enregistrer")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()

    article.refresh_from_db()
    assert article.title == "Syrie : une image, deux récits et demi"
    assert article.blocks.get(position=1).text.endswith(" Et une phrase de plus.")
