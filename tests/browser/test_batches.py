"""Many comments decided together: by keyboard, by thumb and without scripts."""

import re

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from moderation import batch_views
from moderation.batches import run_chunk
from moderation.models import DecisionBatch
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.batch_worlds import statuses, waiting

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def comments(live_server):
    return waiting(8)


@pytest.fixture
def slowly(monkeypatch):
    """Each request does one chunk of two comments."""
    monkeypatch.setattr(
        batch_views, "run_batch", lambda batch, seconds: run_chunk(batch, size=2)
    )


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


def chosen(page):
    return page.locator("[data-choice]:checked").count()


def focused(page):
    return page.evaluate("document.activeElement.id")


@pytest.mark.usefixtures("slowly")
def test_by_keyboard_alone(comments, sign_in):
    visitor = sign_in()
    page = visitor.page
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert chosen(page) == 1
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    assert chosen(page) == 5
    assert page.locator("[data-chosen-count]").inner_text() == "5"
    page.keyboard.press("x")  # the last one no longer
    assert chosen(page) == 4
    assert not visitor.axe()
    # The bar does not hide what has the focus
    for _ in range(3):
        page.keyboard.press("j")
        card, bar = (
            page.locator(f"#{name}").bounding_box() for name in (focused(page), "lot")
        )
        assert card["y"] < bar["y"]

    page.locator("#lot button[value=hide]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lots/confirmer/")
    assert page.locator("h1").inner_text() == "Masquer 4 commentaires"
    assert not visitor.axe()
    page.get_by_label("Motif").focus()
    page.keyboard.type("Injure")
    page.keyboard.press("Tab")
    page.keyboard.type("Une vague.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # Two were done at once; the page does the others by itself, and says so
    page.locator("#annonce-lot").get_by_text("4 commentaires masqués").wait_for(
        state="attached"
    )
    assert focused(page) == "file"
    assert statuses(comments) == {"hidden": 4, "pending": 4}
    assert not visitor.axe()
    page.get_by_role("button", name="Annuler le lot").focus()
    page.keyboard.press("Enter")
    page.locator("#annonce-lot").get_by_text("comme avant").wait_for(state="attached")
    assert statuses(comments) == {"pending": 8}


@pytest.mark.parametrize("dark", [False, True])
def test_one_thumb_at_390_px(comments, sign_in, dark):
    visitor = sign_in(width=390, dark=dark)
    page = visitor.page
    bar = page.locator("#lot")
    assert not bar.evaluate("(b) => getComputedStyle(b).position === 'sticky'")
    page.locator(".desk-choice").nth(0).click()
    page.locator(".desk-choice").nth(1).click()
    assert chosen(page) == 2
    box = page.locator(".desk-choice").nth(0).bounding_box()
    assert min(box["width"], box["height"]) >= 44
    # Within reach, whatever is scrolled
    assert bar.bounding_box()["y"] + bar.bounding_box()["height"] <= 900
    for button in bar.locator("button").all():
        assert button.bounding_box()["height"] >= 44
    assert visitor.violations() == []
    bar.get_by_role("button", name="Publier 2…").click()
    assert visitor.violations() == []
    page.get_by_role("button", name="Publier 2 commentaires").click()
    region = page.locator(".site-status")
    region.get_by_text("2 commentaires publiés ou gardés.").wait_for()
    assert statuses(comments) == {"published": 2, "pending": 6}
    assert visitor.violations() == []
    region.get_by_role("link", name="Le détail").click()
    assert visitor.violations() == []
    page.get_by_role("button", name="Annuler le lot").click()
    region.get_by_text("comme avant").wait_for()
    assert statuses(comments) == {"pending": 8}


COLOURS = """(card) => {
  const style = getComputedStyle(card);
  const around = getComputedStyle(document.body).backgroundColor;
  return [style.backgroundColor, style.borderTopColor, around];
}"""


def channels(colour):
    return [int(number) for number in re.findall(r"\d+", colour)[:3]]


def luminance(colour):
    linear = [
        c / 12.92 if (c := each / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for each in channels(colour)
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_chosen_says_nothing_of_what_will_be_done(comments, sign_in, dark):
    """Neither red nor green: the same card is chosen to publish as to hide."""
    visitor = sign_in(dark=dark)
    page = visitor.page
    card = page.locator("[data-card]").first
    before, edge, around = card.evaluate(COLOURS)
    assert contrast(edge, around) < 3
    card.locator("[data-choice]").click()
    page.locator("h1").focus()
    chosen_as, edge, around = card.evaluate(COLOURS)
    assert chosen_as != before
    assert contrast(edge, around) >= 3
    assert contrast(edge, chosen_as) >= 3
    for colour in (chosen_as, edge):
        assert max(channels(colour)) - min(channels(colour)) < 24
    assert visitor.violations() == []


def test_the_bar_says_what_becomes_of_each(comments, sign_in):
    article = ArticleFactory(comment_policy="a_posteriori")
    shown = submit_comment(
        article=article, author=ReaderFactory().commenter, text="Quel connard !"
    )
    visitor = sign_in()
    page = visitor.page
    button = page.locator("#lot button[value=publish]")
    assert button.inner_text() == "Publier ou garder…"

    def choose(*keys):
        for key in keys:
            page.locator(f"#carte-{key} [data-choice]").click()
        return button.inner_text()

    first, second = comments[0].pk, comments[1].pk
    assert choose(first) == "Publier 1…"
    assert choose(second, shown.pk) == "Publier 2, garder 1…"
    assert choose(first, second) == "Garder 1…"
    assert choose(first, second) == "Publier 2, garder 1…"
    assert visitor.violations() == []
    button.click()
    title = "Publier 2 commentaires, garder 1 commentaire"
    assert page.locator("h1").inner_text() == title
    page.get_by_role("button", name=title).click()
    page.locator(".site-status").get_by_text("3 commentaires").wait_for()
    assert statuses([*comments, shown]) == {"published": 3, "pending": 6}


@pytest.mark.usefixtures("slowly")
def test_without_scripts(comments, sign_in):
    visitor = sign_in(javascript=False)
    page = visitor.page
    page.get_by_role("link", name="Tout choisir sur cette page").click()
    assert chosen(page) == 8
    page.locator("#lot button[value=hide]").click()
    page.get_by_label("Motif").select_option("injure")
    page.get_by_role("button", name="Masquer 8 commentaires").click()
    for reached in (2, 4, 6):
        assert f"{reached} sur 8" in page.locator("[data-progress]").inner_text()
        page.get_by_role("button", name="Continuer").click()
    assert "8 commentaires masqués" in page.locator("[data-batch]").inner_text()
    page.get_by_role("link", name="Historique").click()
    page.get_by_role("button", name="Annuler le lot").click()
    while page.get_by_role("button", name="Continuer").count():
        page.get_by_role("button", name="Continuer").click()
    assert "comme avant" in page.locator("[data-batch]").inner_text()
    assert statuses(comments) == {"pending": 8}


@pytest.mark.usefixtures("slowly")
def test_a_lost_connection_leaves_the_rest_to_the_button(comments, sign_in):
    visitor = sign_in()
    page = visitor.page
    page.route("**/continuer/", lambda route: route.abort())
    page.get_by_role("link", name="Tout choisir sur cette page").click()
    page.locator("#lot button[value=publish]").click()
    page.locator("form.desk-batch button").click()
    page.locator(".site-status").get_by_text("recommencez").wait_for()
    batch = DecisionBatch.objects.get()
    assert (batch.state, batch.done) == ("running", 2)
    page.unroute("**/continuer/")
    page.get_by_role("button", name="Continuer").click()
    page.locator("#annonce-lot").get_by_text("8 commentaires").wait_for(
        state="attached"
    )
    assert Comment.objects.published().count() == 8
