"""Whatever is sent, the answer is Google's envelope: never 500, never a redirect."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.test import override_settings

from moderation.models import ApiClient, SuggestedScore
from tests.factories import ApiClientFactory
from tests.newsroom.api.test_bad_input import BODIES, OTHER_TYPES
from tests.newsroom.doors.conftest import ANALYZE, SUGGEST, refused, send

pytestmark = pytest.mark.django_db
GOOD = {"comment": {"text": "Un avis."}, "requestedAttributes": {"TOXICITY": {}}}
LABEL = {
    "comment": {"text": "Un avis."},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
}
DOORS = {ANALYZE: GOOD, SUGGEST: LABEL}


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_unreadable_bodies(http, system, path, body):
    body = body or b" "  # of nothing, the test client does not say the type
    refused(send(http, path, body, key=system.key), 400, "INVALID_ARGUMENT")
    assert not SuggestedScore.objects.exists()


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("value", ["\x00", "\ud800", "a\udfffb"], ids=ascii)
@pytest.mark.parametrize("field", ["text", "clientToken", "communityId", "sessionId"])
def test_characters_that_cannot_be_kept(http, system, path, value, field):
    changed = {"comment": {"text": value}} if field == "text" else {field: value}
    body = json.dumps(DOORS[path] | changed).encode()
    refused(send(http, path, body, key=system.key), 400, "INVALID_ARGUMENT")


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("value", OTHER_TYPES, ids=repr)
@pytest.mark.parametrize(
    "field",
    ["comment", "requestedAttributes", "attributeScores", "languages", "spanAnnotations",
     "doNotStore", "clientToken", "communityId", "sessionId", "context"],
)  # fmt: skip
def test_fields_of_another_type(http, system, path, field, value):
    answer = send(http, path, DOORS[path] | {field: value}, key=system.key)
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        refused(answer, 400, "INVALID_ARGUMENT")
    else:
        ours = {**DOORS[path], "doNotStore": 1, "languages": 1, "context": 1}
        fits = {"doNotStore": bool, "spanAnnotations": bool, "context": dict}
        expected = fits.get(field)
        unread = field not in ours and field not in (
            "clientToken",
            "communityId",
            "sessionId",
        )
        assert unread or type(value) is expected or (field, value) == ("languages", [])


@pytest.mark.parametrize("value", ["x", None, *OTHER_TYPES], ids=repr)
@pytest.mark.parametrize("field", ["text", "type"])
def test_comment_of_another_type(http, system, field, value):
    body = GOOD | {"comment": {"text": "Un avis.", "type": "HTML"} | {field: value}}
    answer = send(http, ANALYZE, body, key=system.key)
    if (field, value) in (("text", "x"), ("type", None)):
        assert answer.status_code == 200
    else:
        refused(answer, 400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"TOXICITÉ": {}}, {"toxicity": {}}, {"": {}}, {"TOXICITY": []},
        {"TOXICITY": {"scoreThreshold": "0.5"}}, {"TOXICITY": {"scoreThreshold": 1.1}},
        {"TOXICITY": {"scoreThreshold": -0.1}}, {"TOXICITY": {"scoreThreshold": True}},
        {"TOXICITY": {"scoreType": "PERCENTILE"}}, {"TOXICITY": {"scoreType": []}},
        {"TOXICITY": {}, "\ud800": {}}, {"X" * 10_000: {}}, {"TOXICITY": {}, "FLIRTATION": {}},
    ],
    ids=lambda asked: ascii(asked)[:40],
)  # fmt: skip
def test_attributes_that_are_none(http, system, asked):
    body = json.dumps(GOOD | {"requestedAttributes": asked}).encode()
    error = refused(send(http, ANALYZE, body, key=system.key), 400, "INVALID_ARGUMENT")
    assert len(error["message"]) < 300


@pytest.mark.parametrize(
    "score", [None, [], {}, {"summaryScore": None}, {"summaryScore": {"value": None}},
              {"summaryScore": {"value": 0.5}}, {"summaryScore": {"value": True}},
              {"summaryScore": {"value": 2}}, {"summaryScore": {"value": "1"}}],
    ids=repr,
)  # fmt: skip
def test_suggested_scores_that_are_none(http, system, score):
    for body in (LABEL | {"attributeScores": {"TOXICITY": score}},
                 LABEL | {"attributeScores": {"FLIRTATION": {"summaryScore": {"value": 1}}}}):  # fmt: skip
        refused(send(http, SUGGEST, body, key=system.key), 400, "INVALID_ARGUMENT")
    assert not SuggestedScore.objects.exists()


@pytest.mark.parametrize(
    ("text", "kind", "error_type"),
    [
        ("é" * 10_241, "PLAIN_TEXT", "COMMENT_TOO_LONG"),
        ("<b>" * 7_000, "HTML", "COMMENT_TOO_LONG"),
        ("", "PLAIN_TEXT", "COMMENT_EMPTY"),
        (" \n", "PLAIN_TEXT", "COMMENT_EMPTY"),
        ("<p><img></p>", "HTML", "COMMENT_EMPTY"),
    ],
    ids=lambda value: value[:10],
)
def test_texts_that_are_not_judged(analyze, text, kind, error_type):
    answer = analyze("", comment={"text": text, "type": kind})
    error = refused(answer, 400, "INVALID_ARGUMENT")
    [detail] = error["details"]
    assert detail["errorType"] == error_type


def test_longest_text_is_judged(analyze):
    assert analyze("é" * 10_240).status_code == 200


@pytest.mark.parametrize(
    "tag", ["de", "zh-Hant", "", "fr_CA", "français", 5, None, "fr\x00"]
)
def test_languages_that_rules_do_not_know(analyze, tag):
    refused(analyze("Un avis.", languages=["fr", tag]), 400, "INVALID_ARGUMENT")


def test_unknown_language_is_named_as_google_does(analyze):
    [detail] = refused(analyze("Gut.", languages=["de"]), 400, "INVALID_ARGUMENT")[
        "details"
    ]
    assert detail["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("key", ["", "x", "%00", "nr_00000000_" + "A" * 43, "é" * 60])
def test_keys_that_open_nothing(http, path, key):
    refused(send(http, path, DOORS[path], key=key), 403, "PERMISSION_DENIED")


def test_revoked_key_opens_nothing(http, system):
    assert send(http, ANALYZE, GOOD, key=system.key).status_code == 200
    ApiClient.objects.update(active=False)
    refused(send(http, ANALYZE, GOOD, key=system.key), 403, "PERMISSION_DENIED")


@pytest.mark.parametrize(
    "method", ["get", "put", "patch", "delete", "options", "trace"]
)
def test_other_methods(http, system, method):
    for path in DOORS:
        answer = getattr(http, method)(f"{path}?key={system.key}")
        refused(answer, 405, "UNIMPLEMENTED")
        assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "x" * 300]
)
def test_other_media_types(http, system, kind):
    answer = http.post(
        f"{ANALYZE}?key={system.key}", json.dumps(GOOD), content_type=kind
    )
    refused(answer, 415, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    "path",
    ["perspective", "perspective/", "perspective/v1alpha1/comments:analyse",
     "perspective/v1alpha1/comments:analyze/", "perspective/v2/comments:analyze", "coral",
     "coral/moderate/", "coral/moderate/%00/"],
)  # fmt: skip
def test_addresses_of_nothing(http, path):
    for method in (http.get, http.post):
        refused(method(f"/api/{path}"), 404, "NOT_FOUND")


def test_quota_by_minute_and_by_day(http):
    system = ApiClientFactory(per_minute=2, per_day=3)
    other = ApiClientFactory()

    def call(key=system.key):
        return send(http, ANALYZE, GOOD, key=key)

    with time_machine.travel("2026-12-31T23:50:10Z", tick=False) as clock:
        assert [call().status_code for _ in range(2)] == [200, 200]
        answer = call()
        refused(answer, 429, "RESOURCE_EXHAUSTED")
        assert answer.headers["Retry-After"] == "50"
        assert call(other.key).status_code == 200
        clock.shift(timedelta(seconds=50))
        answer = call()  # the fourth of the day
        refused(answer, 429, "RESOURCE_EXHAUSTED")
        assert answer.headers["Retry-After"] == "540"
        clock.shift(timedelta(seconds=540))
        assert call().status_code == 200


@pytest.mark.parametrize("path", DOORS)
def test_address_of_thousands_of_fields(http, path):
    answer = send(http, f"{path}?{'a&' * 6000}", DOORS[path])
    refused(answer, 400, "INVALID_ARGUMENT")


def test_bug_is_answered_in_the_same_shape(http, system, monkeypatch, caplog):
    def broken():
        raise DatabaseError("mot secret")

    monkeypatch.setattr("newsroom.doors.perspective.current_engine", broken)
    answer = send(http, ANALYZE, GOOD, key=system.key)
    refused(answer, 500, "INTERNAL")
    assert "mot secret" not in answer.content.decode()
    assert "mot secret" in caplog.text


def test_plain_http_is_refused_not_redirected(http, system):
    with override_settings(SECURE_SSL_REDIRECT=True):
        refused(send(http, ANALYZE, GOOD, key=system.key), 403, "PERMISSION_DENIED")
        refused(http.get("/api/perspective/rien"), 404, "NOT_FOUND")
        url = f"{ANALYZE}?key={system.key}"
        answer = http.post(
            url, json.dumps(GOOD), content_type="application/json", secure=True
        )
        assert answer.status_code == 200


def test_unknown_host_name_is_told_in_the_same_shape(http, system):
    answer = http.post(f"{ANALYZE}?key={system.key}", headers={"host": "autre.example"})
    refused(answer, 400, "INVALID_ARGUMENT")
    page = http.get("/", headers={"host": "autre.example"})
    assert page.status_code == 400
    assert page.headers["Content-Type"].startswith("text/html")
