import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from moderation.models import ApiClient
from tests.factories import ApiClientFactory

ANALYZE = "/api/perspective/v1alpha1/comments:analyze"
SUGGEST = "/api/perspective/v1alpha1/comments:suggestscore"
Post = Callable[..., Any]


@pytest.fixture
def system() -> ApiClient:
    return ApiClientFactory()


@pytest.fixture
def http() -> Client:
    """What other systems are: no session, and CSRF is checked where it applies."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def analyze(http: Client, system: ApiClient) -> Post:
    """Send a text, or a whole body, with the system's key."""

    def call(text: str | None = None, **body: Any) -> Any:
        if text is not None:
            body = {
                "comment": {"text": text},
                "requestedAttributes": {"TOXICITY": {}},
            } | body
        return send(http, ANALYZE, body, key=system.key)  # type: ignore[attr-defined]

    return call


@pytest.fixture
def suggest(http: Client, system: ApiClient) -> Post:
    def call(text: str, value: Any = 1, **body: Any) -> Any:
        sent = {
            "comment": {"text": text},
            "attributeScores": {"TOXICITY": {"summaryScore": {"value": value}}},
        }
        return send(http, SUGGEST, sent | body, key=system.key)  # type: ignore[attr-defined]

    return call


def send(http: Client, path: str, body: Any, *, key: str = "", **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    url = f"{path}?key={key}" if key else path
    return http.post(url, data, content_type="application/json", headers=headers)


def refused(answer: Any, code: int, status: str) -> dict[str, Any]:
    """Check Google's envelope; return what it says."""
    assert answer.status_code == code, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    assert "Location" not in answer.headers
    assert not answer.cookies
    assert set(answer.json()) == {"error"}
    error: dict[str, Any] = answer.json()["error"]
    assert error["code"] == code
    assert error["status"] == status
    assert error["message"]
    assert set(error) <= {"code", "message", "status", "details"}
    return error
