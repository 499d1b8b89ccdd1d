"""What an author is written of his appeal, once, and that it is not forgotten."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from moderation.appeal_mail import due_answers, send_answers
from moderation.models import Action, Appeal
from tests.factories import ModeratorFactory, ReaderFactory
from tests.moderation.contesting import answered, contested, hidden, take
from tests.spaces import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block whose transaction is taken for committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("upheld", "Le masquage est maintenu."),
        ("reversed", "Votre commentaire est de nouveau en ligne"),
    ],
)
def test_the_answer_with_its_reasons_and_other_redress(commit, outcome, said):
    reader = ReaderFactory(email="nadia@lecteurs.example")
    moderator = ModeratorFactory(first_name="Zénobie")
    appeal = contested(
        reader, argument="Voyez https://mal.example", text="Quel abruti."
    )
    with commit():
        answered(appeal, outcome, by=moderator, reasoning="On l’a bien relu.")
        assert mail.outbox == []
    (message,) = mail.outbox
    assert message.to == ["nadia@lecteurs.example"]
    assert spaced(message.subject) == "Le Journal : réponse à votre contestation"
    body = spaced(message.body)
    assert said in body
    assert "On l’a bien relu." in body
    assert "organisme certifié" in body
    assert "saisir la justice" in body
    assert appeal.statement.puid in body
    assert f"/compte/contestations/{appeal.statement.puid}/" in body
    for word in ("Zénobie", moderator.username, "mal.example", "abruti"):
        assert word not in message.message().as_string() + body
    appeal.refresh_from_db()
    assert appeal.told_at
    assert due_answers() == []


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (Action.PUBLISH, "de nouveau en ligne"),
        (Action.HOLD, "un modérateur va relire"),
        (Action.HIDE, "a été remplacée par une autre"),
    ],
)
def test_what_another_decision_left_of_it(commit, action, said):
    appeal = contested()
    with commit():
        take(appeal.statement.comment, action)
    (message,) = (m for m in mail.outbox if "contestation" in m.subject)
    assert said in message.body
    assert "Une personne a pris" not in message.body


def test_dispute_bodies_are_named_where_the_newspaper_submits_to_them(commit, settings):
    settings.DISPUTE_BODIES = False
    with commit():
        answered(contested(), "upheld")
    assert "organisme certifié" not in mail.outbox[0].body
    assert "saisir la justice" in mail.outbox[0].body


def test_it_speaks_the_language_of_the_author(commit):
    reader = ReaderFactory()
    reader.commenter.language = "en"
    reader.commenter.save()
    with commit():
        answered(contested(reader), "upheld")
    assert "Hello" in mail.outbox[0].body
    assert "Bonjour" not in mail.outbox[0].body


@pytest.mark.parametrize("account", [{"email": ""}, {"is_active": False}])
def test_nobody_without_an_address(commit, account):
    with commit():
        answered(contested(ReaderFactory(**account)), "upheld")
    assert (mail.outbox, due_answers()) == ([], [])


def test_a_server_that_is_down_loses_nothing(commit, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", _unreachable)
        with commit():
            appeal = answered(contested(), "upheld")
        assert mail.outbox == []
        assert due_answers() == [appeal.pk]
        with pytest.raises(CommandError, match="2 of 2"):
            call_command("send_notices", verbosity=0)
    call_command("send_notices", verbosity=0)
    call_command("send_notices", verbosity=0)
    subjects = [message.subject for message in mail.outbox]
    assert len(subjects) == 2  # that of the hiding, and the answer
    assert sum("réponse à votre contestation" in each for each in subjects) == 1


def test_one_process_at_a_time():
    appeal = answered(contested(), "upheld")
    taken = due_answers()
    Appeal.objects.update(held_until=timezone.now() + timedelta(minutes=9))
    assert list(send_answers(taken)) == []
    Appeal.objects.update(held_until=None)
    assert list(send_answers(taken)) == [(appeal.statement.puid, True)]
    assert list(send_answers(taken)) == []


def test_the_statement_leads_to_the_form(commit):
    with commit():
        statement = hidden(ReaderFactory())
    (message,) = mail.outbox
    assert f"/compte/contestations/{statement.puid}/" in message.body


def _unreachable(self, messages):
    raise ConnectionRefusedError
