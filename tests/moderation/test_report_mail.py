"""What reporters are written, when, and that nothing owed is forgotten."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from articles.models import Article
from moderation.models import Action, Report
from moderation.report_mail import due_reports, send_notices
from moderation.services import submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import decided

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """A block whose transaction is taken for committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def subjects():
    return [m.subject.split(" (")[0] for m in mail.outbox]


RECEIVED, ANSWERED, REOPENED = (
    "Votre signalement est reçu",
    "Réponse à votre signalement",
    "Votre signalement est rouvert",
)


class TestReceipts:
    def test_are_sent_on_commit(self, commit):
        with commit():
            report = ReportFactory(email="rita@journal.example")
            assert mail.outbox == []
        (receipt,) = mail.outbox
        assert receipt.to == ["rita@journal.example"]
        assert receipt.subject == f"{RECEIVED} ({report.reference})"
        assert report.reference in receipt.body
        assert f"/signalements/{report.reference}/" in receipt.body
        report.refresh_from_db()
        assert report.acknowledged_at
        assert due_reports() == []

    def test_one_for_a_report_sent_twice(self, commit):
        comment = CommentFactory(published=True)
        for _ in range(2):
            with commit():
                ReportFactory(comment=comment, email="rita@journal.example")
        assert len(mail.outbox) == 1

    def test_none_without_an_address(self, commit):
        with commit():
            ReportFactory(kind="mineurs", name="", email="")
        assert (mail.outbox, due_reports()) == ([], [])

    def test_a_server_that_is_down_loses_nothing(self, commit, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", _unreachable)
            with commit():
                report = ReportFactory()
            assert Report.objects.get() == report
            assert mail.outbox == []
            with pytest.raises(CommandError, match="1 of 1"):
                call_command("send_notices", verbosity=0)
        call_command("send_notices", verbosity=0)
        assert subjects() == [RECEIVED]

    def test_a_server_that_is_down_is_not_asked_for_each(self, monkeypatch):
        reports = ReportFactory.create_batch(3)
        monkeypatch.setattr(EmailBackend, "send_messages", _unreachable)
        assert list(send_notices(due_reports())) == [(reports[0].reference, False)]

    def test_a_refused_address_waits_longer_each_time_and_stops_no_other(
        self, monkeypatch
    ):
        refused, fine = ReportFactory(email="nul@journal.example"), ReportFactory()
        monkeypatch.setattr(EmailBackend, "send_messages", _refusing(refused.email))
        sent = dict(send_notices(due_reports()))
        assert sent == {refused.reference: False, fine.reference: True}
        assert due_reports() == []
        for refusals in range(1, 5):
            refused.refresh_from_db()
            assert refused.refused == refusals
            expected = timezone.now() + timedelta(hours=2 ** (refusals - 1))
            assert abs(refused.held_until - expected) < timedelta(minutes=1)
            Report.objects.update(held_until=None)
            assert dict(send_notices(due_reports())) == {refused.reference: False}
        Report.objects.update(held_until=None)
        assert due_reports() == []

    def test_one_process_at_a_time(self, monkeypatch):
        report = ReportFactory()
        taken = due_reports()
        Report.objects.update(held_until=timezone.now() + timedelta(minutes=9))
        assert list(send_notices(taken)) == []
        Report.objects.update(held_until=timezone.now() - timedelta(minutes=1))
        assert list(send_notices(taken)) == [(report.reference, True)]

    def test_few_are_sent_before_the_page_answers(self, commit):
        comment = CommentFactory(published=True)
        ReportFactory.create_batch(25, comment=comment)
        call_command("send_notices", verbosity=0)
        mail.outbox.clear()
        with commit():
            decided(comment)
        assert subjects() == [ANSWERED] * 20
        call_command("send_notices", verbosity=0)
        assert subjects() == [ANSWERED] * 25


class TestAnswers:
    def test_tell_what_was_decided_why_and_how_to_contest(self, commit):
        with commit():
            report = ReportFactory()
        with commit():
            decided(report.comment)
        receipt, answer = mail.outbox
        assert answer.to == receipt.to == [report.email]
        body = answer.body.replace("\xa0", " ")
        assert "a masqué le commentaire. Motif : Injure." in body
        assert "C’est une personne qui a décidé." in answer.body
        assert "six mois" in answer.body
        assert "saisir la justice" in answer.body
        assert "logiciel" not in answer.body
        report.refresh_from_db()
        assert report.told == report.decision

    def test_tell_that_it_was_kept(self, commit):
        with commit():
            report = ReportFactory()
        with commit():
            decided(report.comment, Action.PUBLISH)
        assert "a laissé le commentaire en ligne" in mail.outbox[-1].body
        assert "masqué" not in mail.outbox[-1].body

    def test_name_automation_where_there_was_some(self, commit):
        """TRUST L-07: exactly there."""
        comment = submit_comment(
            article=ArticleFactory(comment_policy="a_posteriori"),
            author=ReaderFactory().commenter,
            text="Quel connard.",
        )
        with commit():
            ReportFactory(comment=comment)
        with commit():
            decided(comment)
        body = mail.outbox[-1].body
        assert "Un logiciel avait relevé des mots" in body
        assert "c’est une personne qui a décidé" in body

    def test_speak_the_language_of_the_report(self, commit):
        with translation.override("en"):
            report = ReportFactory()
        with commit():
            decided(report.comment)
        assert {m.subject.split(" (")[0] for m in mail.outbox} == {
            translation_of(RECEIVED),
            translation_of(ANSWERED),
        }
        assert "Hello" in mail.outbox[0].body

    def test_hold_no_word_that_anyone_typed(self, commit):
        """TRUST S-04, and the other reporters' identity."""
        comment = CommentFactory(
            text="Voyez https://mal.example !",
            published=True,
            article=ArticleFactory(title="Le titre de l’article"),
        )
        with commit():
            for name in ("Rita", "Nabil"):
                ReportFactory(
                    comment=comment,
                    name=f"{name} https://mal.example",
                    explanation="Gagnez sur https://mal.example",
                    email=f"{name}@journal.example",
                )
        with commit():
            decided(comment, note="Une note de modérateur.")
        assert len(mail.outbox) == 4
        for message in mail.outbox:
            whole = message.message().as_string() + message.body
            assert "Le titre de l’article" in message.body
            for word in ("mal.example", "Rita", "Nabil", comment.author.name, "note"):
                assert word not in whole
            (to,) = message.to
            assert "nabil" not in whole.replace(to, "")
            assert "rita" not in whole.replace(to, "")
            for link in LINK.findall(message.body):
                assert link.startswith("http://127.0.0.1:8000")

    def test_a_decision_undone_at_once_is_never_told(self, commit):
        with commit():
            report = ReportFactory()
        decision = decided(report.comment)
        with commit():
            undo(decision, by=ModeratorFactory())
        assert subjects() == [RECEIVED]
        with commit():
            decided(report.comment, Action.PUBLISH)
        assert subjects() == [RECEIVED, ANSWERED]
        assert "en ligne" in mail.outbox[-1].body

    def test_a_decision_undone_later_is_withdrawn(self, commit):
        with commit():
            report = ReportFactory()
        with commit():
            decision = decided(report.comment)
        with commit():
            undo(decision, by=ModeratorFactory())
        assert subjects() == [RECEIVED, ANSWERED, REOPENED]
        assert "rouvert" in mail.outbox[-1].body
        report.refresh_from_db()
        assert (report.told, due_reports()) == (None, [])
        with commit():
            decided(report.comment)
        assert subjects()[-1] == ANSWERED

    def test_nobody_closes_a_report_without_its_reporter_being_owed_an_answer(self):
        """TRUST L-07: whatever code closes it."""
        report = ReportFactory()
        call_command("send_notices", verbosity=0)
        decision = decided(CommentFactory(published=True))
        assert due_reports() == []
        Report.objects.filter(pk=report.pk).update(
            state="answered",
            outcome="kept",
            decision=decision,
            answered_at=timezone.now(),
        )
        assert due_reports() == [report.pk]


def test_the_article_may_be_gone(commit):
    report = ReportFactory()
    Article.objects.update(status=Article.Status.DRAFT)
    call_command("send_notices", verbosity=0)
    assert report.reference in mail.outbox[0].body


def translation_of(text):
    with translation.override("en"):
        return translation.gettext(text)


def _unreachable(self, messages):
    raise ConnectionRefusedError


def _refusing(address):
    original = EmailBackend.send_messages

    def send_messages(self, messages):
        if any(address in m.to for m in messages):
            raise SMTPRecipientsRefused({address: (550, b"no such user")})
        return original(self, messages)

    return send_messages
