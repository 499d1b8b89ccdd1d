"""A moderator judges again in two key presses, by touch or without scripts."""

import pytest
from django.conf import settings
from django.test import Client

from moderation.models import SecondLook
from moderation.second_looks.drawing import draw_from
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.contesting import take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
PAGE = "/moderation/second-regard/"


@pytest.fixture
def looks(live_server, monkeypatch):
    """Three, at what one moderator hid; drawn here, as the server draws none."""
    first = ModeratorFactory(first_name="Yara", last_name="Sfeir")
    for number in range(3):
        comment = submit_comment(
            article=ArticleFactory(title=f"Un titre assez long, numéro {number}"),
            author=ReaderFactory().commenter,
            text=f"Quel connard, ce ministre ({number}) !!!!",
        )
        decision = take(comment, "hide", first)
        monkeypatch.setattr(settings, "SECOND_LOOK_SHARE", 1.0)
        draw_from([decision])
        monkeypatch.setattr(settings, "SECOND_LOOK_SHARE", 0.0)
    return list(SecondLook.objects.order_by("pk"))


@pytest.fixture
def signed_in(visit):
    def opened(user, **window):
        visitor = visit(**window)
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        return visitor

    return opened


def states():
    return list(SecondLook.objects.order_by("pk").values_list("action", "reason"))


def test_two_keys_judge_and_one_publishes(looks, signed_in):
    visitor = signed_in(ModeratorFactory())
    page = visitor.open(PAGE)
    page.get_by_role("button", name="Juger un commentaire").click()
    page.get_by_text("ministre (0)").first.wait_for()
    page.locator("kbd[data-key=approve]").wait_for()  # keys are heard from then on
    page.keyboard.press("h")
    page.keyboard.press("1")
    page.get_by_text("le même que le premier : masquer").wait_for()
    page.get_by_text("ministre (1)").first.wait_for()
    page.locator("kbd[data-key=approve]").wait_for()
    page.keyboard.press("a")
    page.get_by_text("Les deux jugements diffèrent.").wait_for()
    assert states() == [("hide", "injure"), ("publish", ""), ("", "")]


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts(looks, signed_in, width):
    visitor = signed_in(ModeratorFactory(), javascript=False, width=width)
    page = visitor.open(PAGE)
    page.get_by_role("button", name="Juger un commentaire").click()
    page.get_by_text("Je le masquerais…").click()
    page.get_by_role("button", name="Injure").click()
    page.get_by_text("le même que le premier : masquer").wait_for()
    page.get_by_role("button", name="Je le publierais").click()
    page.get_by_text("Les deux jugements diffèrent.").wait_for()
    page.get_by_role("link", name="Ouvrir le commentaire pour en décider").click()
    page.get_by_role("heading", name="Toutes les décisions").wait_for()
    assert states() == [("hide", "injure"), ("publish", ""), ("", "")]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(looks, signed_in, width, scheme):
    visitor = signed_in(ModeratorFactory(), width=width)
    page = visitor.page
    page.emulate_media(color_scheme=scheme)
    visitor.open(PAGE)
    assert not visitor.violations()
    page.get_by_role("button", name="Juger un commentaire").click()
    page.get_by_text("Je le masquerais…").click()
    assert not visitor.violations()
    page.get_by_role("button", name="Je le publierais").click()
    page.get_by_text("Les deux jugements diffèrent.").wait_for()
    assert not visitor.violations()
    visitor.open(f"{PAGE}accord/")
    assert page.locator(".board-table").count() == 4
    assert not visitor.violations()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
