"""Alerts and digests that are owed: sent whatever happens, and no more than once."""

import os
import signal
import subprocess
import sys
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from moderation.alerts.alert_mail import send_alerts
from moderation.alerts.digest import choose_digest, note_digests
from moderation.alerts.escalation import last_round, note_due
from moderation.alerts.outbox import CLAIM, retry
from moderation.models import DeskMail, Escalation
from tests.factories import EditorFactory, ModeratorFactory, ReportFactory
from tests.moderation.alerts.rounds import (
    HOUR,
    MONDAY,
    go_round,
    round_that_fails,
    step,
    told,
)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def late(clock):
    """A report that is late, with two to be told."""
    step("Adjoint", addresses="a@j.fr\nb@j.fr")
    ReportFactory()
    clock.shift(24 * HOUR)


def subscriber(cls=ModeratorFactory, **chosen):
    user = cls()
    options = {"frequency": "daily", "hour": 7, "weekday": 0, "language": "fr"}
    choose_digest(user, **options | chosen)
    return user


@pytest.mark.django_db
class TestKilled:
    def test_after_noting(self, clock, late):
        assert note_due() == 1
        assert mail.outbox == []
        assert told(go_round()) == ["a@j.fr", "b@j.fr"]

    def test_between_sending_and_noting_so(self, clock, late, monkeypatch):
        class Killed(BaseException):
            pass

        def send(self, messages):
            mail.outbox.extend(messages)
            raise Killed

        with monkeypatch.context() as dying:
            dying.setattr(EmailBackend, "send_messages", send)
            with pytest.raises(Killed):
                go_round()
        (first,) = mail.outbox
        assert told(go_round()) == ["b@j.fr"]  # the other one is taken for under way
        clock.shift(CLAIM)
        assert go_round() == []
        clock.shift(HOUR)
        (again,) = go_round()
        assert again.to == first.to == ["a@j.fr"]
        ids = [m.message()["Message-ID"] for m in (first, again)]
        assert ids[0] == ids[1]
        assert go_round() == []

    def test_a_digest_likewise(self, clock, monkeypatch):
        class Killed(BaseException):
            pass

        def send(self, messages):
            mail.outbox.extend(messages)
            raise Killed

        subscriber()
        clock.shift(24 * HOUR)
        with monkeypatch.context() as dying:
            dying.setattr(EmailBackend, "send_messages", send)
            with pytest.raises(Killed):
                go_round("send_digest")
        clock.shift(HOUR)
        (again,) = go_round("send_digest")
        ids = [m.message()["Message-ID"] for m in (mail.outbox[0], again)]
        assert ids[0] == ids[1]
        assert go_round("send_digest") == []


@pytest.mark.django_db
class TestRefusals:
    def test_one_refused_address_holds_nobody_up(self, clock, late, monkeypatch):
        original = EmailBackend.send_messages

        def send(self, messages):
            if messages[0].to == ["a@j.fr"]:
                raise SMTPRecipientsRefused({"a@j.fr": (550, b"no such box")})
            return original(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send)
        assert "1 could not be sent" in round_that_fails()
        assert told(mail.outbox) == ["b@j.fr"]
        assert go_round() == []  # not at once again
        for hours in (1, 2, 4, 8):
            clock.shift(hours * HOUR + HOUR / 60)
            round_that_fails()
        clock.shift(1000 * HOUR)
        assert go_round() == []
        assert DeskMail.objects.given_up().count() == 1
        monkeypatch.undo()
        assert retry(DeskMail.objects.all()) == 1
        assert told(go_round()) == ["a@j.fr"]

    @pytest.mark.parametrize("address", ["x@j.fr\nBcc: y@j.fr", "x@j.fr\r\n\r\nPwned"])
    def test_no_header_comes_in_by_an_address(self, clock, address):
        user = ModeratorFactory()
        User.objects.filter(pk=user.pk).update(email=address)
        ReportFactory()
        clock.shift(24 * HOUR)
        assert "1 could not be sent" in round_that_fails()
        assert mail.outbox == []
        assert DeskMail.objects.get().refused == 1

    def test_nor_by_the_name_of_a_step_or_newspaper(self, clock, settings):
        step("Adjoint\nBcc: y@j.fr", addresses="a@j.fr")
        ReportFactory()
        clock.shift(24 * HOUR)
        (message,) = go_round()
        assert message.recipients() == ["a@j.fr"]
        assert "Bcc" not in message.message()
        settings.NEWSPAPER_NAME = "Journal\nBcc: y@j.fr"
        ReportFactory()
        clock.shift(24 * HOUR)
        round_that_fails()
        assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_round_leaves_its_trace(clock):
    assert last_round() is None
    go_round()
    assert last_round() == MONDAY


@pytest.mark.usefixtures("transactional_db")
class TestAtOnce:
    def test_two_rounds(self, at_once):
        with time_machine.travel(MONDAY) as clock:
            step("Adjoint", addresses="a@j.fr\nb@j.fr")
            ReportFactory.create_batch(3)
            for _ in range(5):
                clock.shift(24 * HOUR)
                results = at_once([_whole_round] * 4)
                assert all(isinstance(r, int) for r in results), results
                ReportFactory()
        assert Escalation.objects.count() == 3 + 4
        sent = [m for m in mail.outbox if "alerte" in m.subject]  # no receipts
        assert sorted(told(sent)) == ["a@j.fr"] * 5 + ["b@j.fr"] * 5
        ids = [m.message()["Message-ID"] for m in sent]
        assert len(set(ids)) == 10

    def test_two_rounds_of_digests(self, at_once):
        with time_machine.travel(MONDAY) as clock:
            for cls in (ModeratorFactory, EditorFactory):
                subscriber(cls)
            for day in range(1, 4):
                clock.shift(24 * HOUR)
                noted = at_once([note_digests] * 4)
                assert sum(noted) == 2
                assert DeskMail.objects.count() == 2 * day


def _whole_round():
    note_due()
    return len(list(send_alerts()))


@pytest.mark.postgresql
@pytest.mark.usefixtures("transactional_db")
def test_killed_for_good():
    """A process that takes its last breath right after the server took the mail."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        step("Adjoint", addresses="a@j.fr")
        ReportFactory()
        clock.shift(25 * HOUR)
        moment = MONDAY + 25 * HOUR
        url = _url()
        script = _DYING.format(moment=moment.isoformat())
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script],
            env={**os.environ, "TEST_DATABASE_URL": url},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        sent = done.stdout.strip()
        row = DeskMail.objects.get()
        assert (row.state, row.message_id) == ("waiting", sent)
        assert go_round() == []
        clock.shift(HOUR)
        (again,) = go_round()
        assert again.message()["Message-ID"] == sent


def _url():
    known = connection.settings_dict
    host, port = known["HOST"], known["PORT"]
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{host}:{port}/{known['NAME']}"
    )


_DYING = """
import os, signal, sys
from datetime import datetime
import time_machine
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

def send(self, messages):
    print(messages[0].message()["Message-ID"], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

EmailBackend.send_messages = send
with time_machine.travel(datetime.fromisoformat("{moment}")):
    call_command("send_alerts", stdout=sys.stderr)
"""
