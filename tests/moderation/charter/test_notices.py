"""An important version queues one notice per active account, and each is mailed once."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Commenter
from moderation.charter import notice_mail
from moderation.charter.models import CharterVersion
from moderation.charter.notice_models import NEWS_FOR, CharterNotice
from moderation.charter.notices import audience, owe_notices, progress_of
from moderation.charter.publishing import publish_charter
from moderation.mailing.models import REFUSED_MAX
from moderation.report_mail import CLAIM
from tests.factories import EditorFactory, ModeratorFactory, ReaderFactory
from tests.moderation.charter.announcing import announced, retitled
from tests.moderation.charter.setting import published_charter
from tests.moderation.contesting import hidden

pytestmark = pytest.mark.django_db


def send_notices():
    call_command("send_notices", verbosity=0)


def told():
    """Who was written to, in order."""
    return [message.to[0] for message in mail.outbox]


def reader(name, **values):
    return ReaderFactory(email=f"{name}@lecteurs.example", **values)


class TestQueueing:
    def test_one_for_each_active_account(self):
        active = [ReaderFactory(), ReaderFactory(email=""), ModeratorFactory()]
        active.append(EditorFactory())
        unsigned = ReaderFactory()
        Commenter.objects.filter(user=unsigned).delete()
        active.append(unsigned)
        ReaderFactory(is_active=False)
        published_charter()
        assert not CharterNotice.objects.exists()
        version = announced()
        queued = CharterNotice.objects.values_list("account", "version")
        assert sorted(queued) == sorted((a.pk, version.pk) for a in active)

    def test_a_correction_and_the_first_version_are_no_news(self):
        ReaderFactory()
        published_charter()
        retitled()
        publish_charter(by=None)
        assert not CharterNotice.objects.exists()
        announced("Parler du sujet")
        assert CharterNotice.objects.count() == 1

    def test_publishing_the_same_again_queues_none(self):
        ReaderFactory()
        announced()
        assert publish_charter(by=None, important=True) is None
        assert CharterNotice.objects.count() == 1

    def test_each_version_has_its_own(self):
        account = ReaderFactory()
        versions = [announced("Premier"), announced("Second")]
        queued = CharterNotice.objects.filter(account=account)
        assert [notice.version for notice in queued] == versions

    def test_none_without_the_version_and_no_version_without(self, monkeypatch):
        ReaderFactory()
        published_charter()
        retitled()

        def killed(_version):
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr("moderation.charter.publishing.owe_notices", killed)
            with pytest.raises(KeyboardInterrupt), transaction.atomic():
                publish_charter(by=None, important=True)
        assert CharterVersion.objects.count() == 1
        publish_charter(by=None, important=True)
        assert (CharterVersion.objects.count(), CharterNotice.objects.count()) == (2, 1)

    def test_the_database_takes_no_second(self):
        ReaderFactory()
        version = announced()
        with pytest.raises(IntegrityError), transaction.atomic():
            owe_notices(version)
        assert CharterNotice.objects.count() == 1

    @pytest.mark.parametrize("count", [1, 30])
    def test_one_statement_however_many_accounts(self, count):
        published_charter()
        ReaderFactory.create_batch(count)
        retitled()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            publish_charter(by=None, important=True)
        about = [q["sql"] for q in queries if "charternotice" in q["sql"]]
        assert len(about) == 1
        assert CharterNotice.objects.count() == count

    def test_audience_is_whom_it_goes_to(self, django_assert_num_queries):
        ReaderFactory.create_batch(2)
        ReaderFactory(email="")
        ReaderFactory(is_active=False)
        with django_assert_num_queries(1):
            found = audience()
        assert (found.accounts, found.mailed) == (3, 2)
        version = announced()
        progress = progress_of(version)
        assert (progress.accounts, progress.left, progress.page_only) == (3, 2, 1)


class TestMailing:
    def test_each_is_told_once(self):
        for name in ("nadia", "paul"):
            reader(name)
        ReaderFactory(email="")
        version = announced()
        assert told() == []  # publishing waits for no mail server
        send_notices()
        assert told() == ["nadia@lecteurs.example", "paul@lecteurs.example"]
        send_notices()
        assert len(told()) == 2
        progress = progress_of(version)
        assert (progress.sent, progress.left, progress.page_only) == (2, 0, 1)

    def test_says_what_changed_when_and_why_it_is_sent(self, settings):
        settings.NEWSPAPER_URL = "https://journal.example"
        account = reader("nadia")
        with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
            announced()
            send_notices()
        (message,) = mail.outbox
        assert message.subject.endswith("la charte des commentaires a changé")
        text = message.body.replace("\u00a0", " ")
        assert "La version 2, publiée le 2 mars 2026, s’applique depuis ce jour" in text
        assert "- « Parler de l’article », titre" in text
        assert "https://journal.example/charte/2/#changements" in text
        assert "parce que vous avez un compte" in text
        assert "article 14" in text
        assert message.to == [account.email]
        assert (message.cc, message.bcc) == ([], [])
        assert account.username not in text
        assert account.commenter.name not in text
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_in_the_language_of_the_account(self):
        french, english, unsigned = reader("nadia"), reader("kate"), reader("zoe")
        Commenter.objects.filter(user=english).update(language="en")
        Commenter.objects.filter(user=unsigned).delete()
        announced()
        send_notices()
        texts = {message.to[0]: message.body for message in mail.outbox}
        assert "Parler de l’article (en)" in texts[english.email]
        assert "the charter" in texts[english.email]
        for account in (french, unsigned):
            assert "Bonjour" in texts[account.email]
            assert "(en)" not in texts[account.email]

    def test_long_changes_are_left_to_the_page(self, monkeypatch):
        monkeypatch.setattr(notice_mail, "PLACES", 1)
        reader("nadia")
        published_charter()
        for code in ("sujet", "forme", "personnes"):
            retitled(f"Titre de {code}", code=code)
        publish_charter(by=None, important=True)
        send_notices()
        assert mail.outbox[0].body.count("\n- ") == 1
        assert "et 2 autres passages." in mail.outbox[0].body

    def test_killed_before_sending_or_between_sending_and_noting(self, monkeypatch):
        reader("nadia")
        announced()

        def sent_and_killed(self, messages):
            mail.outbox.extend(messages)
            raise KeyboardInterrupt

        with monkeypatch.context() as killed:
            killed.setattr(EmailBackend, "send_messages", sent_and_killed)
            with pytest.raises(KeyboardInterrupt):
                send_notices()
        send_notices()
        assert len(told()) == 1, "another process may still be at it"
        with time_machine.travel(timezone.now() + CLAIM + timedelta(seconds=1)):
            send_notices()
        first, second = mail.outbox
        assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
        assert "nadia" not in first.extra_headers["Message-ID"]

    def test_a_server_that_is_down_is_made_up_for(self, monkeypatch):
        reader("nadia")
        announced()

        def refuse(*_args):
            raise ConnectionRefusedError("no mail server")

        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", refuse)
            with pytest.raises(CommandError, match="1 of 1"):
                send_notices()
        assert told() == []
        send_notices()
        assert told() == ["nadia@lecteurs.example"]

    def test_a_refused_address_is_given_up_in_the_end(self, monkeypatch):
        reader("refuse")
        version = announced()

        def refuse(self, messages):
            raise SMTPRecipientsRefused({})

        monkeypatch.setattr(EmailBackend, "send_messages", refuse)
        now = timezone.now()
        for refusals in range(REFUSED_MAX):
            with time_machine.travel(now), pytest.raises(CommandError):
                send_notices()
            now += timedelta(hours=2**refusals, minutes=1)
        with time_machine.travel(now):
            send_notices()
            assert progress_of(version).page_only == 1

    def test_a_run_has_its_measure_and_what_others_are_owed_goes_first(
        self, monkeypatch
    ):
        monkeypatch.setattr(notice_mail, "A_RUN", 2)
        for number in range(3):
            reader(f"lecteur{number}")
        announced()
        hidden(reader("nadia"))
        send_notices()
        assert told() == [
            f"{name}@lecteurs.example" for name in ("nadia", "lecteur0", "lecteur1")
        ]
        send_notices()
        assert told()[3:] == ["lecteur2@lecteurs.example"]

    def test_an_account_that_was_closed_or_an_old_change_is_not_written_of(self):
        left, late = reader("parti"), reader("tard")
        announced()
        left.is_active, late.email = False, ""
        left.save()
        late.save()
        send_notices()
        assert told() == []
        late.email = "tard@lecteurs.example"
        late.save()
        with time_machine.travel(timezone.now() + NEWS_FOR):
            send_notices()
        assert told() == []
        send_notices()
        assert told() == ["tard@lecteurs.example"]
