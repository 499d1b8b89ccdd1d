"""One attempt: what is sent, and what may come back."""

import ssl
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from moderation.webhooks import sending
from moderation.webhooks.models import Failure
from moderation.webhooks.sending import Message, send, signed_headers
from tests.moderation.webhooks.receiving import code, receiving

SECRET, FORMER = "whsec_" + "c2VjcmV0" * 4, "whsec_" + "YXV0cmUh" * 4
HERE = Path(__file__).parent


def message(url, body='{"type":"endpoint.test","où":"ici"}', secrets=(SECRET,)):
    return Message("msg_2b1c", url, body, secrets)


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT", 1.0)


def test_the_vector_of_the_specification():
    """https://github.com/standard-webhooks/standard-webhooks, its own example."""
    given = Message(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "https://example.com/",
        '{"test": 2432232314}',
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",),
    )
    at = datetime.fromtimestamp(1614265330, UTC)
    assert signed_headers(given, at) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_what_arrives_is_signed_and_whole(receiver):
    outcome = send(message(receiver.url))
    assert (outcome.failure, outcome.status_code) == (None, 204)
    (got,) = receiver.requests
    assert got.path == "/webhooks?de=journal"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert receiver.verified(SECRET) == [{"type": "endpoint.test", "où": "ici"}]
    with pytest.raises(WebhookVerificationError):
        receiver.verified(FORMER)


def test_both_secrets_sign_during_a_rotation(receiver):
    send(message(receiver.url, secrets=(SECRET, FORMER)))
    assert receiver.verified(SECRET) == receiver.verified(FORMER)


def test_a_forged_or_old_delivery_is_refused(receiver):
    send(message(receiver.url))
    (got,) = receiver.requests
    whole = Webhook(SECRET)
    assert whole.verify(got.body, got.headers)
    for name, value in {
        "webhook-id": "msg_other",
        "webhook-timestamp": str(int(time.time()) - 301),
    }.items():
        with pytest.raises(WebhookVerificationError):
            whole.verify(got.body, {**got.headers, name: value})
    with pytest.raises(WebhookVerificationError):
        whole.verify(got.body + " ", got.headers)


@pytest.mark.parametrize("number", [400, 401, 404, 410, 429, 500, 502, 503])
def test_errors_are_told_with_the_beginning_of_their_answer(receiver, number):
    receiver.answer = code(number, b"<script>alert(1)</script>\x00\xff" + b"x" * 5000)
    outcome = send(message(receiver.url))
    assert (outcome.failure, outcome.status_code) == (Failure.STATUS, number)
    assert outcome.answer.startswith("<script>alert(1)</script>\ufffd\ufffdx")
    assert len(outcome.answer) == 1000


def test_a_huge_answer_is_not_read(receiver):
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while not receiver.let_go.is_set() and len(sent) < 2000:
            handler.wfile.write(b"x" * 100_000)
            sent.append(1)

    receiver.answer = endless
    outcome = send(message(receiver.url))
    assert (outcome.failure, len(outcome.answer)) == (None, 1000)
    time.sleep(0.1)
    assert len(sent) < 1000  # the connection is closed on it


@pytest.mark.usefixtures("hurried")
def test_a_receiver_that_hangs_is_left(receiver):
    receiver.answer = lambda _handler: receiver.let_go.wait(10)
    started = time.monotonic()
    outcome = send(message(receiver.url))
    assert outcome.failure == Failure.TIMEOUT
    assert time.monotonic() - started < 5
    assert outcome.duration >= 900


@pytest.mark.usefixtures("hurried")
def test_a_receiver_that_answers_drop_by_drop_is_left(receiver):
    def dripping(handler):
        for sign in "HTTP/1.1 200 OK and so on for a long time, never to its end":
            handler.wfile.write(sign.encode())
            if receiver.let_go.wait(0.1):
                return

    receiver.answer = dripping
    started = time.monotonic()
    assert send(message(receiver.url)).failure == Failure.TIMEOUT
    assert time.monotonic() - started < 5


@pytest.mark.usefixtures("hurried")
def test_an_answer_whose_body_never_ends_counts_by_its_code(receiver):
    def stalled(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        receiver.let_go.wait(10)

    receiver.answer = stalled
    outcome = send(message(receiver.url))
    assert (outcome.failure, outcome.status_code) == (None, 200)


def test_no_server_there(settings):
    with receiving() as closed:
        settings.WEBHOOK_INTRANET = [f"127.0.0.1:{closed.port}"]
    assert send(message(closed.url)).failure == Failure.UNREACHABLE


def test_a_server_that_speaks_no_http(receiver):
    receiver.answer = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    assert send(message(receiver.url)).failure == Failure.UNREACHABLE


class TestEncrypted:
    """A certificate for hooks.example alone, of an authority that only tests know."""

    @pytest.fixture
    def secure(self, settings, monkeypatch):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(HERE / "hooks.example.pem")
        found = [(2, 1, 6, "", ("127.0.0.1", 0))]

        class Resolver:
            SOCK_STREAM = 1
            getaddrinfo = staticmethod(lambda *_args, **_kwargs: found)

        monkeypatch.setattr("moderation.webhooks.targets.socket", Resolver)
        with receiving(tls=context) as receiver:
            settings.WEBHOOK_INTRANET = [
                f"{host}:{receiver.port}"
                for host in ("hooks.example", "other.example", "127.0.0.1")
            ]
            yield receiver

    @pytest.fixture
    def trusted(self, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(HERE / "hooks.example.pem"))

    @pytest.mark.usefixtures("trusted")
    def test_the_name_is_asked_for_at_the_pinned_address(self, secure):
        outcome = send(message(f"https://hooks.example:{secure.port}/x"))
        assert (outcome.failure, outcome.status_code) == (None, 204)
        assert secure.requests[0].headers["host"] == f"hooks.example:{secure.port}"
        assert secure.verified(SECRET)

    @pytest.mark.usefixtures("trusted")
    @pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
    def test_a_certificate_of_another_is_refused(self, secure, host):
        outcome = send(message(f"https://{host}:{secure.port}/x"))
        assert outcome.failure == Failure.CERTIFICATE
        assert secure.requests == []

    def test_so_is_one_of_an_unknown_authority(self, secure):
        outcome = send(message(f"https://hooks.example:{secure.port}/x"))
        assert outcome.failure == Failure.CERTIFICATE
        assert secure.requests == []

    @pytest.mark.usefixtures("trusted", "hurried")
    def test_a_server_that_hangs_in_the_handshake_is_left(self, settings):
        import socket

        with socket.create_server(("127.0.0.1", 0)) as deaf:
            port = deaf.getsockname()[1]
            settings.WEBHOOK_INTRANET = [f"127.0.0.1:{port}"]
            started = time.monotonic()
            outcome = send(message(f"https://127.0.0.1:{port}/"))
            assert outcome.failure == Failure.TIMEOUT
            assert time.monotonic() - started < 5
