"""A receiver on this machine, that answers as it is told and keeps what it is sent."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from standardwebhooks.webhooks import Webhook

from moderation.webhooks.models import WebhookEndpoint

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """`answer` may be changed while it listens; `let_go` ends all that hangs."""

    port: int
    answer: Answer
    requests: list[Request] = field(default_factory=list)
    let_go: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks?de=journal"

    @property
    def ids(self) -> list[str]:
        return [request.headers["webhook-id"] for request in self.requests]

    def verified(self, secret: str) -> list[Any]:
        """What was sent, as the reference library reads it."""
        return [Webhook(secret).verify(r.body, r.headers) for r in self.requests]


def code(number: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(number)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def receiving(
    answer: Answer | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    receiver: Receiver

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.requests.append(Request(self.path, headers, body))
            receiver.answer(self)

        def log_message(self, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            """A caller that hangs up is no fault of the test's."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(server.server_port, answer or code(204))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def listening() -> Iterator[tuple[int, Callable[[], bool]]]:
    """(port, whether anyone has called) of a canary on every address of this machine."""
    with socket.create_server(("0.0.0.0", 0)) as canary:  # noqa: S104

        def called() -> bool:
            canary.settimeout(0.05)
            try:
                canary.accept()[0].close()
            except TimeoutError:
                return False
            return True

        yield canary.getsockname()[1], called


def endpoint(url: str, **fields: Any) -> WebhookEndpoint:
    told = {"tells_posted": True, "tells_decided": True, "tells_reported": True}
    return WebhookEndpoint.objects.create(
        **{
            "description": "Un système voisin",
            "url": url,
            "secret": "whsec_" + "c2VjcmV0" * 4,
            **told,
            **fields,
        }
    )
