"""The API's pages: browsed and tried under the strict CSP, from this host alone."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from rest_framework.authtoken.models import Token

from tests.factories import ReaderFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_docs_describe_every_call(visit):
    page = visit().open("/api/v1/docs/")
    expect(page.locator(".opblock")).to_have_count(16)
    expect(page.get_by_text("Commenter un article")).to_be_visible()
    narrow = visit(width=390).open("/api/v1/docs/")
    expect(narrow.locator(".opblock")).to_have_count(16)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390


def test_signed_in_reader_tries_a_call(visit):
    reader = ReaderFactory()
    client = Client()
    client.force_login(reader)
    visitor = visit()
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": visitor.site}
    visitor.page.context.add_cookies([cookie])
    call = visitor.open("/api/v1/docs/").locator("#operations-me-me_token_create")
    call.locator("button").first.click()
    call.get_by_role("button", name="Try it out").click()
    assert not Token.objects.exists()
    call.get_by_role("button", name="Execute").click()
    status = call.locator(".live-responses-table tbody .response-col_status")
    expect(status).to_contain_text("201")
    assert Token.objects.get().user == reader


def test_without_javascript_the_page_leads_to_the_schema(visit):
    page = visit(javascript=False).open("/api/v1/docs/")
    expect(page.get_by_role("link", name="OpenAPI")).to_be_visible()
