"""All that the rules say of a text, for moderators and client systems."""

import json

import pytest
from rest_framework.test import APIClient

from comments.models import Revision
from moderation.models import ApiClient, Flag
from tests.factories import ApiClientFactory, ModeratorFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/screen/"
TEXT = "Tu es un c0nnard, et ce petit Hitler aussi !!!!"


@pytest.fixture
def system():
    return ApiClientFactory()


@pytest.fixture
def caller(system):
    client = APIClient(enforce_csrf_checks=True, raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Key {system.key}")
    return client


def test_everything_is_said(caller):
    answer = caller.post(URL, {"text": TEXT})
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    said = answer.json()
    assert list(said) == ["flags", "action", "incomplete", "languages"]
    assert (said["action"], said["incomplete"]) == ("hold", [])
    insult, epithet, marks = said["flags"]
    assert list(insult) == [
        "rule", "rule_version", "category", "severity", "start", "end", "text", "term",
        "variant", "target", "explanation",
    ]  # fmt: skip
    assert (insult["term"], insult["variant"]) == ("connard", "leet")
    assert insult["target"] == "reader"
    assert (epithet["category"], marks["category"]) == ("epithet", "punctuation")
    for flag in said["flags"]:
        assert TEXT[flag["start"] : flag["end"]] == flag["text"]
        assert set(flag["explanation"]) == {"fr", "en"}
        assert flag["rule_version"] >= 1


def test_moderators_get_the_same(caller, signed_in):
    moderator = signed_in(ModeratorFactory())
    body = {"text": TEXT, "lang": "en"}
    assert moderator.post(URL, body).json() == caller.post(URL, body).json()


def test_nothing_is_stored_in_few_queries(caller, django_assert_num_queries):
    caller.post(URL, {"text": TEXT})
    with django_assert_num_queries(2):  # the client, the lexicon's version
        caller.post(URL, {"text": TEXT})
    assert not Flag.objects.exists()
    assert not Revision.objects.exists()


def test_key_opens_nothing_else(caller):
    for path in ("/api/v1/me/comments/", "/api/v1/moderation/queue/"):
        assert caller.get(path).status_code == 401
    assert caller.post("/api/v1/moderation/screen/", {"text": TEXT}).status_code == 401


@pytest.mark.parametrize("key", ["", "x", "é", "nr_00000000_" + "A" * 43])
def test_other_keys(caller, key):
    caller.credentials(HTTP_AUTHORIZATION=f"Key {key}")
    answer = caller.post(URL, {"text": TEXT})
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "authentication_failed"


def test_client_out_of_service(caller):
    ApiClient.objects.update(active=False)
    assert caller.post(URL, {"text": TEXT}).status_code == 401


def test_quota_of_the_client(caller):
    ApiClient.objects.update(per_day=2)
    answers = [caller.post(URL, {"text": "Un avis."}) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert answers[2].json()["errors"][0]["code"] == "throttled"
    assert 0 < int(answers[2].headers["Retry-After"]) <= 24 * 3600


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "required"),
        ({"text": 5}, "wrong_type"),
        ({"text": None}, "null"),
        ({"text": "é" * 10_241}, "max_length"),
        ({"text": "a\x00b"}, "null_characters_not_allowed"),
        ({"text": "a\ud800b"}, "surrogate_characters_not_allowed"),
        ({"text": "a", "lang": "de"}, "invalid_choice"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_bad_requests(caller, body, code):
    sent = json.dumps(body)  # escapes what is no character
    answer = caller.post(URL, sent, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == code


def test_longer_than_a_comment_of_this_site(caller):
    assert caller.post(URL, {"text": "Un avis. " * 1500}).status_code == 200
