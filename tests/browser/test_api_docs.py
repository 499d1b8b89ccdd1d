"""The API's reference: whole without scripts, and no wider than the window."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_reference_describes_every_call(visit, javascript):
    page = visit(javascript=javascript, width=390).open("/api/v1/docs/")
    expect(page.locator(".api-operation")).to_have_count(64)
    expect(page.get_by_text("Commenter un article").first).to_be_visible()
    expect(page.get_by_role("link", name="Le schéma OpenAPI")).to_be_visible()


def test_reference_keeps_to_the_window(visit):
    page = visit(width=320).open("/api/v1/docs/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
