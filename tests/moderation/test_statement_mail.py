"""The author is told by mail: what, why, which words, and how to contest (L-09, S-04)."""

import re

import pytest
from django.core import mail
from django.utils.translation import override

from comments.models import Comment
from moderation.models import Action, StatementOfReasons
from moderation.services import decide, submit_comment, undo
from moderation.statement_mail import quoted
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = pytest.mark.django_db

RUDE = "Quel connard, ce ministre."


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Run a call to its commit; returns the mails it sent."""

    def run(call):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call()
        return mail.outbox

    return run


def submit(reader, text=RUDE, **article):
    return submit_comment(
        article=ArticleFactory(**article), author=reader.commenter, text=text
    )


def hide(comment, **kwargs):
    comment.refresh_from_db()
    kwargs.setdefault("reason", "injure")
    return decide(
        comment,
        action=kwargs.pop("action", Action.HIDE),
        by=kwargs.pop("by", None) or ModeratorFactory(),
        after=comment.decisions.first().pk,
        revision=comment.revision_id,
        **kwargs,
    )


def test_author_is_told_everything(sent, settings):
    settings.CONTACT_EMAIL = "recours@journal.example"
    settings.NEWSPAPER_URL = "https://journal.example"
    reader = ReaderFactory(email="nadia@lecteurs.example")
    comment = submit(reader, title="La foire & le marché")
    moderator = ModeratorFactory(first_name="Zénobie")
    (message,) = sent(lambda: hide(comment, by=moderator, note="note entre nous"))
    statement = StatementOfReasons.objects.get(comment=comment)
    assert message.to == ["nadia@lecteurs.example"]
    assert message.reply_to == ["recours@journal.example"]
    assert message.subject == "Le Journal\u00a0: votre commentaire a été masqué"
    for said in (
        "La foire & le marché",
        statement.message_fr,
        "Respecter les personnes",
        "- connard\n",
        statement.facts_fr,
        "Une machine a relevé des passages et l’a fait attendre",
        "sans limite de durée",
        "de sa propre initiative",
        statement.redress_fr,
        "https://journal.example/compte/commentaires/?avant=",
        f"#comment-{comment.pk}",
    ):
        assert said in message.body, said
    for secret in ("Zénobie", moderator.username, "note entre nous"):
        assert secret not in message.body
    assert message.content_subtype == "plain"
    assert not getattr(message, "alternatives", [])
    assert not re.search(r"\n{3}|[{}]|&amp;|&#", message.body), message.body


def test_address_leads_to_the_comment(sent, client):
    reader = ReaderFactory()
    comment = submit(reader)
    for number in range(25):
        other = submit(ReaderFactory(), text=f"{RUDE} {number}")
        Comment.objects.filter(pk=other.pk).update(author=reader.commenter)
    (message,) = sent(lambda: hide(comment))
    address = re.search(r"https?://\S+/compte/commentaires/\S+", message.body)[0]
    client.force_login(reader)
    path, _, anchor = address.partition("#")
    page = client.get(path.split("/", 3)[3].join(["/", ""])).content.decode()
    assert f'id="{anchor}"' in page
    assert f'id="{anchor}"' not in client.get("/compte/commentaires/").content.decode()


def test_in_the_authors_language(sent):
    reader = ReaderFactory()
    with override("en"):
        comment = submit(reader)
    (message,) = sent(lambda: hide(comment))
    assert message.subject == "Le Journal: your comment was hidden"
    assert "Your comment contains words that insult someone." in message.body
    assert "Votre commentaire" not in message.body
    with override("fr"):
        again = submit(reader, text=f"{RUDE} Encore.")
    (message,) = sent(lambda: hide(again))
    assert "Votre commentaire contient des mots injurieux" in message.body


def test_moderators_own_words(sent):
    comment = submit(ReaderFactory())
    (message,) = sent(lambda: hide(comment, message="Relisez-vous <b>bien</b> & vite."))
    assert "Relisez-vous <b>bien</b> & vite." in message.body


def test_no_mail_for_bulk_spam_and_yet_a_statement(sent):
    comment = submit(ReaderFactory())
    assert sent(lambda: hide(comment, reason="spam_massif")) == []
    assert StatementOfReasons.objects.filter(comment=comment).count() == 1


@pytest.mark.parametrize("missing", [{"email": ""}, {"is_active": False}])
def test_no_mail_without_an_address(sent, missing):
    comment = submit(ReaderFactory(**missing))
    assert sent(lambda: hide(comment)) == []
    assert StatementOfReasons.objects.filter(comment=comment).count() == 1


def test_none_when_published_or_restored_and_one_when_hidden_again(sent):
    comment = submit(ReaderFactory())
    moderator = ModeratorFactory()
    sent(lambda: hide(comment))
    assert sent(lambda: hide(comment, action=Action.PUBLISH)) == []
    restored = comment.decisions.first()
    assert len(sent(lambda: undo(restored, by=moderator))) == 1


def test_nothing_leaves_before_the_commit(django_capture_on_commit_callbacks):
    comment = submit(ReaderFactory())
    with django_capture_on_commit_callbacks() as callbacks:
        hide(comment)
        assert mail.outbox == []
    assert len(callbacks) == 1


@pytest.mark.parametrize("failing", ["open", "send_messages"])
def test_broken_mail_breaks_no_decision(sent, monkeypatch, caplog, failing):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(
        f"django.core.mail.backends.locmem.EmailBackend.{failing}", broken
    )
    comment = submit(ReaderFactory())
    assert sent(lambda: hide(comment)) == []
    comment.refresh_from_db()
    assert comment.status == Comment.Status.HIDDEN
    assert StatementOfReasons.objects.filter(comment=comment).count() == 1
    assert "mail failed" in caplog.text


def test_no_header_holds_what_readers_write(sent):
    name = "Nadia\r\nBcc: tous@example.org"
    reader = ReaderFactory(commenter=name)
    comment = submit(reader, text=f"{RUDE}\r\nBcc: tous@example.org")
    (message,) = sent(lambda: hide(comment))
    headers = dict(message.message().items())
    assert not {"Bcc", "Cc"} & set(headers)
    assert "Nadia" not in str(headers)
    assert "connard" not in str(headers)


def test_no_link_of_a_reader_can_be_clicked(sent):
    comment = submit(
        ReaderFactory(),
        text="Voyez https://evil.example/a et www.evil.example, a@b.org",
    )
    (message,) = sent(lambda: hide(comment, reason="lien"))
    assert "https[:]//evil[.]example/a" in message.body
    assert not re.search(r"://evil|evil\.example|b\.org", message.body)


def test_words_are_lines_and_not_too_many():
    assert quoted(["un\r\ndeux\n\ttrois", "c.o.n", "a" * 300]) == [
        "un deux trois",
        "c.o.n",
        "a" * 200 + "…",
    ]
    assert len(quoted(["mot"] * 50)) == 20
