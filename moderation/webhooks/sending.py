"""One attempt to hand an event over: signed, to a checked address, within ten seconds."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Timer
from time import monotonic

from standardwebhooks.webhooks import Webhook

from moderation.webhooks.models import ANSWER_MAX_LENGTH, Failure
from moderation.webhooks.targets import (
    ForbiddenTarget,
    Target,
    UnknownHost,
    find_target,
)

TIMEOUT = 10.0
"""Seconds for a whole attempt, from the connection to the answer's beginning."""
USER_AGENT = "Newsroom-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent where. ``secrets`` are all live ones, each signs."""

    uid: str
    url: str
    body: str
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went; ``duration`` is in milliseconds."""

    failure: Failure | None
    status_code: int | None = None
    answer: str = ""
    duration: int = 0

    @property
    def gone(self) -> bool:
        """The receiver wants nothing more, ever."""
        return self.status_code == http.HTTPStatus.GONE


def signed_headers(message: Message, at: datetime) -> dict[str, str]:
    """Standard Webhooks 1.0.0: the id stays over attempts, the time is the attempt's.

    https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    """
    at = at.astimezone(UTC)
    signatures = (
        Webhook(secret).sign(message.uid, at, message.body)
        for secret in message.secrets
    )
    return {
        "webhook-id": message.uid,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def send(message: Message) -> Outcome:
    """Try once. What the network or the receiver does wrong is told, not raised."""
    started = monotonic()

    def outcome(
        failure: Failure | None, code: int | None = None, answer: str = ""
    ) -> Outcome:
        return Outcome(failure, code, answer, round((monotonic() - started) * 1000))

    try:
        target = find_target(message.url)
        headers = signed_headers(message, datetime.now(UTC))
        code, answer = _post(target, message.body.encode(), headers)
    except UnknownHost:
        return outcome(Failure.UNREACHABLE)
    except ForbiddenTarget:
        return outcome(Failure.FORBIDDEN)
    except TimeoutError:
        return outcome(Failure.TIMEOUT)
    except ssl.SSLError:
        return outcome(Failure.CERTIFICATE)
    except (OSError, http.client.HTTPException):
        return outcome(Failure.UNREACHABLE)
    if code in range(200, 300):
        return outcome(None, code, answer)
    redirected = code in range(300, 400)
    failure = Failure.REDIRECT if redirected else Failure.STATUS
    return outcome(failure, code, answer)


class _PinnedConnection(http.client.HTTPConnection):
    """Connects to the addresses that were checked, and asks them for the host's name."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self.target = target
        self.raw: socket.socket | None = None

    def connect(self) -> None:
        last: OSError = OSError("no address")
        for address in self.target.addresses:
            try:
                where = (str(address), self.target.port)
                self.raw = socket.create_connection(where, self.timeout)
                break
            except OSError as error:
                last = error
        else:
            raise last
        self.sock = self.raw
        if self.target.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(
                self.raw,
                server_hostname=self.target.host,
                do_handshake_on_connect=False,
            )
            self.raw = self.sock
            self.sock.do_handshake()

    def interrupt(self) -> None:
        """Make whatever waits for the other side fail at once, from another thread."""
        if self.raw is not None:
            try:
                # Not SSLSocket's own, which would go on in clear text
                socket.socket.shutdown(self.raw, socket.SHUT_RDWR)
            except OSError:
                return


@contextmanager
def _limited(connection: _PinnedConnection) -> Iterator[None]:
    """Raise TimeoutError for whatever goes wrong once TIMEOUT has passed.

    A socket's own limit starts again with each byte: a receiver that sends one every
    nine seconds would hold us for ever.
    """
    late = False

    def stop() -> None:
        nonlocal late
        late = True
        connection.interrupt()

    timer = Timer(TIMEOUT, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        connection.close()


def _post(target: Target, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """The answer's code and beginning. The rest of it is not read."""
    connection = _PinnedConnection(target)
    with _limited(connection):
        connection.request(
            "POST",
            target.path,
            body,
            {
                "Host": target.authority,
                "Content-Type": "application/json",
                "User-Agent": USER_AGENT,
                "Connection": "close",
                **headers,
            },
        )
        response = connection.getresponse()
        return response.status, _beginning(response)


def _beginning(response: http.client.HTTPResponse) -> str:
    """Of a body; the code has said what matters if it does not come."""
    try:
        answer = response.read(
            4 * ANSWER_MAX_LENGTH
        )  # bytes; four a code point at most
    except (OSError, http.client.HTTPException):
        return ""
    text = answer.decode("utf-8", "replace").replace("\x00", "\ufffd")
    return text[:ANSWER_MAX_LENGTH]
