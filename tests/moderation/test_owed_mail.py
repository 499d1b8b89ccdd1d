"""What authors are owed by mail is never lost, and goes once (TRUST F09, F10)."""

from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from moderation.batches import run_batch, start_batch
from moderation.mailing.models import REFUSED_MAX
from moderation.mailing.sending import due_mails, send_mails
from moderation.models import Action, OwedMail
from moderation.report_mail import CLAIM, SENT_AT_ONCE
from moderation.sanctions import lift_sanction
from moderation.services import undo
from tests.factories import CommentFactory, ModeratorFactory, ReaderFactory
from tests.moderation.batch_worlds import chosen, waiting
from tests.moderation.contesting import hidden, take
from tests.moderation.sanctioning import sanctioned

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block whose transaction is taken for committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def no_server(monkeypatch):
    """A block in which no mail server answers."""

    @contextmanager
    def down():
        def refuse(*_args):
            raise ConnectionRefusedError("no mail server")

        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", refuse)
            yield

    return down


def told():
    """Who was written to, in order."""
    return [message.to[0] for message in mail.outbox]


def reader(name):
    return ReaderFactory(email=f"{name}@lecteurs.example")


def send_notices():
    call_command("send_notices", verbosity=0)


def test_a_hiding_is_told_once(commit):
    with commit():
        hidden(reader("nadia"))
        owed = OwedMail.objects.get()
        assert owed.told_at is None
        assert told() == []
    owed.refresh_from_db()
    assert owed.told_at is not None
    send_notices()
    assert told() == ["nadia@lecteurs.example"]


def test_a_process_killed_after_the_commit_loses_nothing():
    hidden(reader("nadia"))
    sanctioned(reader("paul").commenter, "warning")
    assert told() == []  # no callback ran: as if it had been killed there
    send_notices()
    assert told() == ["nadia@lecteurs.example", "paul@lecteurs.example"]
    send_notices()
    assert len(told()) == 2


def test_killed_between_sending_and_noting_it_goes_again_as_the_same(monkeypatch):
    hidden(reader("nadia"))
    with monkeypatch.context() as killed:
        killed.setattr(EmailBackend, "send_messages", _sent_and_killed)
        with pytest.raises(KeyboardInterrupt):
            send_notices()
    send_notices()
    assert len(told()) == 1, "another process may still be at it"
    with time_machine.travel(timezone.now() + CLAIM + timedelta(seconds=1)):
        send_notices()
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.message()["Message-ID"].startswith("<")


def test_a_server_that_is_down_is_made_up_for_oldest_first(commit, no_server):
    with no_server():
        for number in range(3):
            with commit():
                hidden(reader(f"lecteur{number}"))
        with pytest.raises(CommandError, match="1 of 3"):
            send_notices()
    assert told() == []
    send_notices()
    assert told() == [f"lecteur{number}@lecteurs.example" for number in range(3)]


def test_a_refused_address_waits_longer_each_time_and_stops_no_other(monkeypatch):
    hidden(reader("refuse"))
    hidden(reader("nadia"))
    deliver = EmailBackend.send_messages

    def picky(self, messages):
        if messages[0].to == ["refuse@lecteurs.example"]:
            raise SMTPRecipientsRefused({})
        return deliver(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    with pytest.raises(CommandError, match="1 of 2"):
        send_notices()
    assert told() == ["nadia@lecteurs.example"]
    assert due_mails() == []
    now = timezone.now()
    for refusals in range(1, REFUSED_MAX):
        now += timedelta(hours=2**refusals, minutes=1)
        with time_machine.travel(now), pytest.raises(CommandError, match="1 of 1"):
            send_notices()
    with time_machine.travel(now + timedelta(days=30)):
        send_notices()
    assert OwedMail.objects.get(told_at=None).refused == REFUSED_MAX


def test_what_was_undone_meanwhile_is_no_news(no_server, commit):
    with no_server(), commit():
        statement = hidden(reader("nadia"))
    assert len(due_mails()) == 1
    undo(statement.decision, by=ModeratorFactory())
    assert due_mails() == []
    send_notices()
    assert told() == []


def test_an_account_closed_meanwhile_is_not_written_to():
    account = reader("nadia")
    hidden(account)
    account.is_active = False
    account.save()
    send_notices()
    assert told() == []


def test_a_lifted_sanction_is_told_twice(commit):
    moderator = ModeratorFactory()
    with commit():
        sanction = sanctioned(reader("nadia").commenter, "warning")
    with commit():
        lift_sanction(sanction, by=moderator, reason="Vu avec lui.")
    assert told() == ["nadia@lecteurs.example"] * 2
    assert sanction.mails.filter(told_at=None).count() == 0


def test_a_page_waits_for_a_few_mails_only(commit):
    """A batch hides many in one transaction."""
    comments = waiting(SENT_AT_ONCE + 5)
    moderator = ModeratorFactory()
    batch = start_batch(
        chosen(comments), action=Action.HIDE, by=moderator, reason="injure"
    )
    with commit():
        run_batch(batch)
    assert len(told()) == SENT_AT_ONCE
    send_notices()
    assert len(told()) == SENT_AT_ONCE + 5


def test_two_processes_send_a_mail_once():
    hidden(reader("nadia"))
    keys = due_mails()
    first, second = send_mails(keys), send_mails(keys)
    assert [sent for _name, sent in first] == [True]
    assert list(second) == []
    assert len(told()) == 1


def test_nobody_is_owed_a_mail_without_account():
    comment = CommentFactory(published=True)
    assert comment.author.user is None
    take(comment, Action.HIDE)
    assert comment.statements.count() == 1
    assert not OwedMail.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"statement": None, "sanction": None}, {"lifting": True}]
)
def test_a_mail_tells_of_one_thing(wrong):
    statement = hidden(reader("nadia"))
    OwedMail.objects.all().delete()
    author = statement.comment.author
    fields = {"author": author, "statement": statement} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        OwedMail.objects.create(**fields)


DELIVER = EmailBackend.send_messages


def _sent_and_killed(self, messages):
    DELIVER(self, messages)
    raise KeyboardInterrupt
