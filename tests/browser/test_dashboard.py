"""The dashboard in a browser: no fault found by axe, nothing wider than its window."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from moderation.models import Action
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
BOARD = "/moderation/tableau/"


@pytest.fixture
def busy(live_server):
    """A little of everything that the page draws."""
    article, moderator = ArticleFactory(title="Un titre assez long"), ModeratorFactory()
    for text in ("Merci.", "Bravo !!!!", "HONTE À EUX TOUS, VRAIMENT HONTE", "Bien."):
        comment = submit_comment(
            article=article, author=ReaderFactory().commenter, text=text
        )
        ReportFactory(comment=comment)
        if text != "Bien.":
            decide(
                comment,
                action=Action.HIDE,
                by=moderator,
                reason="haine",
                after=comment.decisions.latest("pk").pk,
                revision=comment.revision_id,
            )


@pytest.fixture
def open_board(visit):
    def opened(query="", **window):
        visitor = visit(**window)
        client = Client()
        client.force_login(EditorFactory(is_superuser=True))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
        )
        visitor.open(BOARD + query)
        return visitor

    return opened


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("query", ["?periode=24h", "", "?du=2026-02-01&au=2026-01-01"])
def test_every_state_is_accessible_and_fits(busy, open_board, query, width):
    visitor = open_board(query, width=width)
    page = visitor.page
    assert page.locator("svg.plot").count() == (0 if "du=" in query else 6)
    assert not visitor.violations()
    for summary in page.locator(".board summary").all():
        summary.click()
    assert page.locator(".board table:visible").count() == (0 if "du=" in query else 7)
    assert not visitor.violations()


def test_words_of_plots_keep_to_themselves_on_a_telephone(busy, open_board):
    page = open_board(width=390).page
    for plot in page.locator("svg.plot").all():
        box = plot.bounding_box()
        assert 40 < box["height"] < 320
        lines = {}
        for word in plot.locator("text").all():
            place = word.bounding_box()
            assert box["x"] - 1 <= place["x"]
            assert place["x"] + place["width"] <= box["x"] + box["width"] + 12
            lines.setdefault(round(place["y"]), []).append(place)
        for words in lines.values():
            words.sort(key=lambda place: place["x"])
            for one, other in pairwise(words):
                assert one["x"] + one["width"] <= other["x"]


def test_dates_are_chosen_without_scripts(busy, open_board):
    page = open_board(javascript=False, dark=True).page
    today = timezone.localdate()
    page.get_by_label("Du", exact=True).fill(f"{today - timedelta(days=3)}")
    page.get_by_label("Au", exact=True).fill(f"{today}")
    page.get_by_role("button", name="Voir ces jours").click()
    assert page.locator("#evolution tbody tr").count() == 4
    assert page.get_by_label("Au", exact=True).input_value() == f"{today}"
    with page.expect_download() as download:
        page.locator("#evolution").get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename.startswith("evolution-")
