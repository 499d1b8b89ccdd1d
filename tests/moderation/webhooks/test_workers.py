"""Several processes that deliver, and one that is killed, on real connections."""

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection

from moderation.models import WebhookDelivery, WebhookEndpoint
from moderation.webhooks.delivery import deliver_due
from moderation.webhooks.endpoints import send_test
from tests.moderation.conftest import at_once, database_file  # noqa: F401
from tests.moderation.webhooks.receiving import code, endpoint, receiving

pytestmark = pytest.mark.usefixtures("transactional_db")
ROOT = Path(__file__).resolve().parents[3]
LOOP = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
connection.settings_dict["NAME"] = {name!r}
settings.WEBHOOK_INTRANET = [{allowed!r}]
call_command("deliver_webhooks", "--loop")
"""


def states():
    return Counter(WebhookDelivery.objects.values_list("state", flat=True))


def test_four_workers_deliver_each_event_once(at_once, settings):  # noqa: F811
    with receiving() as one, receiving() as two:
        settings.WEBHOOK_INTRANET = [f"127.0.0.1:{r.port}" for r in (one, two)]
        for address in (endpoint(one.url), endpoint(two.url)):
            for _ in range(25):
                send_test(address)
        assert states() == {"waiting": 50}
        results = at_once([lambda: len(list(deliver_due()))] * 4)
        assert sum(results) == 50
        assert states() == {"delivered": 50}
        for receiver in (one, two):
            assert len(receiver.ids) == len(set(receiver.ids)) == 25
    assert not WebhookEndpoint.objects.exclude(claimed_until=None).exists()


@contextmanager
def looping(url, receiver):
    """A process of its own that delivers without end."""
    name, allowed = connection.settings_dict["NAME"], f"127.0.0.1:{receiver.port}"
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", LOOP.format(name=name, allowed=allowed)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "TEST_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait(timeout=30)


def until(condition, child):
    deadline = monotonic() + 60
    while not condition():
        assert child.poll() is None, "the process ended by itself"
        assert monotonic() < deadline, "the process did nothing"
        sleep(0.02)


@pytest.fixture
def elsewhere(tmp_path, on_postgresql):
    """Run a test beside other processes on the same database, which they can open."""

    def run(test):
        if on_postgresql:
            test(os.environ["TEST_DATABASE_URL"])
            return
        path = tmp_path / "webhooks.sqlite3"

        def in_a_thread():
            try:
                test(f"sqlite:///{path}")
            finally:
                connection.close()

        # A thread has a connection of its own: to the file, as the other process
        with database_file(path), ThreadPoolExecutor(1) as pool:
            pool.submit(in_a_thread).result()

    return run


def test_a_worker_killed_in_the_middle(elsewhere, receiver):
    """SIGKILL while the receiver has the event and has not answered yet."""

    def test(url):
        address = endpoint(receiver.url)
        send_test(address)
        receiver.answer = lambda _handler: receiver.let_go.wait(30)
        with looping(url, receiver) as child:
            until(lambda: receiver.requests, child)
            child.send_signal(signal.SIGKILL)
            assert child.wait(timeout=30) == -signal.SIGKILL
        assert states() == {"waiting": 1}
        receiver.answer = code(204)
        assert list(deliver_due()) == []  # the dead one's claim has not ended
        WebhookEndpoint.objects.update(claimed_until="2020-01-01T00:00:00Z")
        assert len(list(deliver_due())) == 1
        assert states() == {"delivered": 1}
        assert len(receiver.ids) == 2
        assert len(set(receiver.ids)) == 1  # the receiver can tell
        assert receiver.requests[0].body == receiver.requests[1].body

    elsewhere(test)


def test_a_loop_sends_what_comes_and_stops_when_told(elsewhere, receiver):
    def test(url):
        address = endpoint(receiver.url)
        with looping(url, receiver) as child:
            for count in (1, 2):
                send_test(address)
                until(lambda count=count: states() == {"delivered": count}, child)
            child.send_signal(signal.SIGTERM)
            assert child.wait(timeout=30) == 0
        assert len(receiver.verified(address.secret)) == 2

    elsewhere(test)
