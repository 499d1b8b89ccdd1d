"""Sessions, tokens and limits on calls."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from newsroom.api.throttles import AccountRate, AnonymousRate, WritingRate, network_of
from tests.factories import ArticleFactory, ReaderFactory

pytestmark = pytest.mark.django_db
MINE = "/api/v1/me/comments/"
TOKEN = "/api/v1/me/token/"


def with_token(key: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def test_token_is_made_replaced_and_revoked_by_its_account(signed_in):
    session = signed_in(ReaderFactory())
    assert session.get(TOKEN).status_code == 404
    first = session.post(TOKEN)
    assert first.status_code == 201
    key = first.json()["token"]
    assert with_token(key).get(MINE).status_code == 200
    assert set(session.get(TOKEN).json()) == {"created_at"}

    second = session.post(TOKEN).json()["token"]
    assert with_token(key).get(MINE).status_code == 401
    assert with_token(second).get(MINE).status_code == 200

    assert session.delete(TOKEN).status_code == 204
    assert with_token(second).get(MINE).status_code == 401
    assert Token.objects.count() == 0


def test_token_cannot_make_another(signed_in):
    key = signed_in(ReaderFactory()).post(TOKEN).json()["token"]
    for method in ("get", "post", "delete"):
        assert getattr(with_token(key), method)(TOKEN).status_code == 401
    assert Token.objects.get().key == key


def test_changed_password_revokes_the_token(signed_in):
    reader = ReaderFactory()
    reader.set_password("vieux-mot-de-passe")
    reader.save()
    session = signed_in(reader)
    key = session.post(TOKEN).json()["token"]
    form = {
        "oldpassword": "vieux-mot-de-passe",
        "password1": "un-autre-mot-de-passe",
        "password2": "un-autre-mot-de-passe",
    }
    assert with_token(key).get(MINE).status_code == 200
    assert (
        session.post(
            reverse("account_change_password"), form, format="multipart"
        ).status_code
        == 302
    )
    assert with_token(key).get(MINE).status_code == 401


def test_token_of_a_closed_account_is_none(signed_in):
    reader = ReaderFactory()
    key = signed_in(reader).post(TOKEN).json()["token"]
    reader.is_active = False
    reader.save()
    assert with_token(key).get(MINE).status_code == 401


def test_session_writes_only_with_its_csrf_token(client):
    article = ArticleFactory()
    url = f"/api/v1/articles/{article.slug}/comments/"
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(ReaderFactory())
    body = {"text": "Merci pour cet article."}
    answer = browser.post(url, body)
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "csrf_failed"
    csrf = "a" * 32
    browser.cookies["csrf"] = csrf
    assert browser.post(url, body, headers={"x-csrftoken": csrf}).status_code == 201


def test_token_needs_no_csrf_token(signed_in):
    article = ArticleFactory()
    client = APIClient(enforce_csrf_checks=True)
    key = signed_in(ReaderFactory()).post(TOKEN).json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    url = f"/api/v1/articles/{article.slug}/comments/"
    assert client.post(url, {"text": "Merci à vous."}).status_code == 201


def test_anonymous_caller_is_asked_who(anonymous):
    answer = anonymous.get(MINE)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"


def test_personal_answers_are_not_kept(signed_in):
    answer = signed_in(ReaderFactory()).get(MINE)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.fixture
def low_rates(monkeypatch):
    rates = {"anon": "3/min", "user": "5/min", "comment": "2/min", "token": "2/hour"}
    for throttle in (AnonymousRate, AccountRate, WritingRate):
        monkeypatch.setattr(throttle, "THROTTLE_RATES", rates)


@pytest.mark.usefixtures("low_rates")
def test_anonymous_calls_are_counted_by_network(anonymous):
    def call(address, **headers):
        return anonymous.get(
            "/api/v1/sections/", REMOTE_ADDR=address, headers=headers
        ).status_code

    assert [call("192.0.2.1") for _ in range(4)] == [200, 200, 200, 429]
    assert call("192.0.2.1", **{"x-forwarded-for": "198.51.100.9"}) == 429
    assert call("192.0.2.2") == 200
    answer = anonymous.get("/api/v1/articles/", REMOTE_ADDR="192.0.2.1")
    assert answer.json()["errors"][0]["code"] == "throttled"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    neighbours = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4"]
    assert [call(a) for a in neighbours] == [200, 200, 200, 429]
    assert call("2001:db8:0:1::1") == 200


@pytest.mark.usefixtures("low_rates")
def test_account_is_counted_by_itself(signed_in):
    reader, other = signed_in(ReaderFactory()), signed_in(ReaderFactory())
    assert [reader.get(MINE).status_code for _ in range(6)] == [200] * 5 + [429]
    assert other.get(MINE).status_code == 200


@pytest.mark.usefixtures("low_rates")
def test_posting_has_its_own_limit(signed_in):
    article = ArticleFactory()
    url = f"/api/v1/articles/{article.slug}/comments/"
    reader = signed_in(ReaderFactory())
    for number, expected in enumerate((201, 201, 429)):
        answer = reader.post(url, {"text": f"Merci {number} fois."})
        assert answer.status_code == expected
    assert int(answer.headers["Retry-After"]) > 0
    assert reader.get(url).status_code == 200


def test_twenty_readers_behind_one_address_pass(anonymous):
    assert caches["rates"]
    answers = [anonymous.get("/api/v1/articles/").status_code for _ in range(5 * 20)]
    assert set(answers) == {200}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "?"),
        (None, "?"),
    ],
)
def test_network(address, network):
    assert network_of(address) == network
