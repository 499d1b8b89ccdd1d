"""The sanctioned author is told by mail, after the commit, in his language."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from moderation.sanctions import lift_sanction
from tests.factories import CommentFactory, ModeratorFactory, ReaderFactory
from tests.moderation.sanctioning import GRAVE, sanctioned
from tests.spaces import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Run a call to its commit; returns the mails it sent."""

    def run(call):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call()
        return mail.outbox

    return run


@pytest.fixture
def author():
    return ReaderFactory(email="nadia@lecteurs.example").commenter


@pytest.mark.parametrize(
    ("kind", "subject", "said"),
    [
        ("warning", "un avertissement", "vous pouvez commenter comme avant"),
        ("review", "seront relus", "Vos 2 prochains commentaires attendront"),
        ("suspension", "ne pouvez plus commenter", "ne pouvez pas publier"),
        ("ban", "vous sont fermés", "Au-delà, il faudrait une nouvelle décision."),
    ],
)
def test_author_is_told_everything(sent, author, settings, kind, subject, said):
    settings.CONTACT_EMAIL = "recours@journal.example"
    moderator = ModeratorFactory(first_name="Zénobie")
    CommentFactory(author=author, text="canari")
    (message,) = sent(lambda: sanctioned(author, kind, by=moderator, note="entre nous"))
    sanction = author.sanctions.get()
    body = spaced(message.body)
    assert message.to == ["nadia@lecteurs.example"]
    assert message.reply_to == ["recours@journal.example"]
    assert subject in message.subject
    for part in (
        said,
        sanction.message_fr,
        sanction.facts_fr,
        sanction.redress_fr,
        "Clause de la charte : Respecter les personnes.",
        "/compte/commentaires/",
    ):
        assert spaced(part) in body
    for secret in ("Zénobie", moderator.username, "entre nous", GRAVE, "canari"):
        assert secret not in message.body
    assert ("Vous pouvez toujours lire le journal" in body) == (kind != "warning")


def test_in_the_author_s_language(sent, author):
    author.language = "en"
    author.save()
    (message,) = sent(lambda: sanctioned(author, "ban", reason="terrorisme"))
    sanction = author.sanctions.get()
    assert sanction.facts_en in message.body
    assert sanction.law_en
    assert sanction.law_en in message.body
    assert "Bonjour" not in message.body
    assert "ban" in message.subject


def test_lifting_is_told(sent, author):
    sanction = sanctioned(author, "suspension")
    (message,) = sent(
        lambda: lift_sanction(sanction, by=ModeratorFactory(), reason="secret")
    )
    assert sanction.puid in message.body
    assert "de nouveau publier" in message.body
    assert "secret" not in message.body


def test_no_mail_for_mass_spam_nor_without_address(sent, author):
    assert not sent(lambda: sanctioned(author, "ban", reason="spam_massif"))
    assert author.sanctions.get().message_fr  # told on the page all the same
    nowhere = ReaderFactory(email="").commenter
    assert not sent(lambda: sanctioned(nowhere, "warning"))
    closed = ReaderFactory(is_active=False).commenter
    assert not sent(lambda: sanctioned(closed, "warning"))


def test_nothing_leaves_before_the_commit(sent, author):
    def rolled_back():
        with transaction.atomic():
            sanctioned(author, "warning")
            transaction.set_rollback(True)

    assert not sent(rolled_back)
    assert not author.sanctions.exists()


def test_a_mail_that_fails_leaves_the_sanction(sent, author, monkeypatch, caplog):
    def refuse(*_args):
        raise OSError("no mail today")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    sent(lambda: sanctioned(author, "ban"))
    assert author.sanctions.in_force().exists()
    assert author.sanctions.get().puid in caplog.text
