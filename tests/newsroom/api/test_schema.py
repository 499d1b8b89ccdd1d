import re
from io import StringIO

import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema():
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    return yaml.safe_load(out.getvalue())


def test_schema_is_valid_and_has_every_endpoint(schema):
    [api] = (
        p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "api"
    )
    described = {
        path.removeprefix("/api/v1/").replace("{id}", "<int:pk>")
        .replace("{slug}", "<slug:slug>")
        for path in schema["paths"]
    }  # fmt: skip
    routes = {str(p.pattern) for p in api.url_patterns if p.name != "not_here"}
    assert routes - described == {"schema/", "docs/"}
    assert described < routes


def test_errors_are_described(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            wanted = {"400", "401", "405", "406", "415", "429", "500"}
            if "{" in path:
                wanted.add("404")
            if path.startswith("/api/v1/moderation/"):
                wanted.add("403")
            if path.endswith(("/decisions/", "/undo/")) and method == "post":
                wanted.add("409")
            assert wanted <= set(operation["responses"]), (method, path)
            assert operation["summary"]


def test_schema_is_served(anonymous, schema):
    answer = anonymous.get("/api/v1/schema/")
    assert answer.status_code == 200
    assert yaml.safe_load(answer.content) == schema
    as_json = anonymous.get("/api/v1/schema/", headers={"accept": "application/json"})
    assert as_json.json() == schema


def test_docs_have_nothing_inline_and_no_other_host(anonymous, signed_in):
    page = anonymous.get("/api/v1/docs/", headers={"accept": "text/html"})
    text = page.content.decode()
    assert page.status_code == 200
    for forbidden in ("<style", "style=", "<script", "csrf"):
        assert forbidden not in text
    for address in re.findall(r'(?:src|href)="([^"]*)"', text):
        assert address.startswith(("/", "#")), address
    assert "csrf" not in page.cookies
