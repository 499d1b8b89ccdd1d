"""The queue's search, filters and live counts in a browser."""

import pytest
from django.conf import settings
from django.test import Client

from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
NOT_FOCUSED = "document.activeElement === document.body"


@pytest.fixture
def article(live_server):
    return ArticleFactory(comment_policy="a_priori")


@pytest.fixture
def sign_in(visit):
    def open_desk(path="/moderation/", **window):
        visitor = visit(**window)
        client = Client()
        client.force_login(ModeratorFactory())
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        visitor.open(path)
        return visitor

    return open_desk


def submit(article, text):
    author = ReaderFactory().commenter
    return submit_comment(article=article, author=author, text=text)


@pytest.mark.parametrize("width", [1280, 390])
def test_new_comments_wait_behind_a_button(article, sign_in, width):
    first = submit(article, "Un premier avis.")
    visitor = sign_in(width=width)
    page = visitor.page
    button = page.locator(".desk-new a")
    assert not button.is_visible()
    place = page.locator(f"#carte-{first.pk}").bounding_box()
    submit(article, "Un deuxième avis.")
    page.evaluate(LOOK_AGAIN)
    button.wait_for()
    assert button.inner_text() == "1 nouveau commentaire"
    assert page.locator("[data-count=pending]").inner_text() == "2"
    # Nothing moved, and the focus stayed where it was
    assert page.locator(f"#carte-{first.pk}").bounding_box() == place
    assert page.locator("[data-card]").count() == 1
    assert page.evaluate(NOT_FOCUSED)
    assert not visitor.axe()
    button.click()
    page.locator("[data-card]").nth(1).wait_for()
    assert not button.is_visible()


def test_what_is_unchanged_is_not_sent_again(article, sign_in):
    submit(article, "Un premier avis.")
    page = sign_in().page
    statuses = []
    for _ in range(2):
        with page.expect_response("**/comptes/**") as answered:
            page.evaluate(LOOK_AGAIN)
        statuses.append(answered.value.status)
    assert statuses == [200, 304]
    assert page.locator("[data-count=pending]").inner_text() == "1"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_search_and_filters(article, sign_in, javascript):
    wanted = submit(article, "Un coquelicot, quel connard.")
    submit(article, "Un coquelicot tout simple.")
    visitor = sign_in(javascript=javascript)
    page = visitor.page
    page.get_by_placeholder("Chercher dans les textes").fill("coquelicots")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_text("2 commentaires répondent aux filtres.").wait_for()
    page.locator("#filtres").click()
    page.get_by_label("Gravité").select_option("high")
    if javascript:
        assert not visitor.axe()
    page.get_by_role("button", name="Appliquer").click()
    page.get_by_text("1 commentaire répond aux filtres.").wait_for()
    assert page.locator("[data-card]").get_attribute("id") == f"carte-{wanted.pk}"
    assert page.locator("#id_q").input_value() == "coquelicots"
