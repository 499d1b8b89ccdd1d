"""What is told of alerts that stand, to whom, when and how often."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from moderation.alerts.models import MOST_HOURS
from moderation.models import (
    Action,
    DeskMail,
    DigestPreference,
    Escalation,
    QueueEntry,
)
from moderation.services import reimport_comment, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
    UserFactory,
)
from tests.moderation.alerts.rounds import (
    HOUR,
    MONDAY,
    go_round,
    round_that_fails,
    step,
    told,
)
from tests.moderation.complaining import complained, replied
from tests.moderation.contesting import contested
from tests.moderation.deciding import decided
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
THREAT = "Je vais te tuer, sale type."
RUDE = "Quel connard, ce ministre."


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def marie():
    return ModeratorFactory(email="marie@journal.example")


@pytest.fixture
def deputy():
    """The one address that is told, whoever else decides."""
    step("Adjoint", addresses="marie@journal.example")


def threat():
    return submit_comment(
        article=ArticleFactory(comment_policy="flagged_first"),
        author=ReaderFactory().commenter,
        text=THREAT,
    )


def rude():
    return submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text=RUDE
    )


@pytest.mark.parametrize(
    ("come", "hours"),
    [
        (lambda: ReportFactory(kind="injure"), 24),
        (lambda: ReportFactory(kind="menace"), 1),
        (lambda: ReportFactory(kind="mineurs", name="", email=""), 1),
        (threat, 1),
        (contested, 72),
        (complained, 72),
    ],
    ids=["report", "threat", "minors", "flag", "appeal", "complaint"],
)
def test_each_kind_is_late_after_its_own_time(clock, marie, come, hours):
    come()
    clock.shift(hours * HOUR - timedelta(seconds=1))
    mail.outbox.clear()
    assert go_round() == []
    clock.shift(timedelta(seconds=1))
    sent = go_round()
    assert "marie@journal.example" in told(sent)
    assert {spaced(m.subject) for m in sent} == {
        "Le Journal : 1 alerte attend une décision"
    }
    clock.shift(timedelta(days=30))
    assert go_round() == []  # once


def test_what_only_waits_is_no_alert(clock, marie):
    rude()
    CommentFactory()
    clock.shift(timedelta(days=30))
    assert go_round() == []


class TestRecipients:
    def test_everyone_who_decides_while_no_step_is_set(self, clock, marie):
        ModeratorFactory(email="paul@journal.example")
        ModeratorFactory(email="")
        ModeratorFactory(email="parti@journal.example", is_active=False)
        ReaderFactory()
        ReportFactory()
        clock.shift(24 * HOUR)
        assert told(go_round()) == ["marie@journal.example", "paul@journal.example"]

    def test_the_newspaper_itself_if_nobody_decides(self, clock, settings):
        settings.CONTACT_EMAIL = "redaction@journal.example"
        ReportFactory()
        clock.shift(24 * HOUR)
        assert told(go_round()) == ["redaction@journal.example"]

    def test_a_step_that_reaches_nobody_tells_the_usual_ones(self, clock, marie):
        step("Adjoint", members=[UserFactory(is_active=False)])
        ReportFactory()
        clock.shift(24 * HOUR)
        assert told(go_round()) == ["marie@journal.example"]

    def test_accounts_and_addresses_once_each(self, clock, marie):
        step("Adjoint", members=[marie], addresses="Marie@journal.example\n\nb@c.fr\n")
        ReportFactory()
        clock.shift(24 * HOUR)
        assert told(go_round()) == ["marie@journal.example", "b@c.fr"]


class TestSteps:
    @pytest.fixture(autouse=True)
    def _steps(self):
        hours = {"threat_hours": 0, "grave_hours": 0}
        step("Permanence", addresses="a@j.fr", report_hours=None, **hours)
        step("Adjoint", position=2, addresses="b@j.fr", appeal_hours=None)
        hours = {"threat_hours": 2, "grave_hours": 2, "report_hours": 48}
        step("Direction", position=3, addresses="c@j.fr", **hours)

    def test_one_after_the_other(self, clock):
        ReportFactory(kind="menace")
        assert told(go_round()) == ["a@j.fr"]
        assert go_round() == []
        clock.shift(HOUR)
        (message,) = go_round()
        assert message.to == ["b@j.fr"]
        assert "l’étape « Adjoint »" in spaced(message.body)
        clock.shift(HOUR)
        assert told(go_round()) == ["c@j.fr"]
        assert Escalation.objects.count() == 3

    def test_hours_left_empty_tell_nobody(self, clock):
        ReportFactory(kind="injure")
        assert go_round() == []
        clock.shift(24 * HOUR)
        assert told(go_round()) == ["b@j.fr"]
        clock.shift(24 * HOUR)
        assert told(go_round()) == ["c@j.fr"]

    def test_worker_down_for_three_days(self, clock):
        """All who should have been told are, by one mail each, of all that stands."""
        for _ in range(4):
            ReportFactory(kind="menace")
            ReportFactory(kind="injure")
            clock.shift(HOUR)
        clock.shift(timedelta(days=3))
        sent = go_round()
        assert told(sent) == ["a@j.fr", "b@j.fr", "c@j.fr"]
        assert [m.subject[13:22] for m in sent] == [
            "4 alertes",
            "8 alertes",
            "8 alertes",
        ]
        assert Escalation.objects.count() == 4 * 3 + 4 * 2
        assert go_round() == []

    def test_mail_server_down_for_three_days(self, clock, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", _unreachable)
            for _ in range(3):
                ReportFactory(kind="injure")
                clock.shift(24 * HOUR)
                assert "1 could not be sent" in round_that_fails()
        sent = go_round()
        assert sorted(told(sent)) == ["b@j.fr", "c@j.fr"]
        assert [m.subject[13:22] for m in sent] == ["3 alertes", "2 alertes"]
        assert go_round() == []

    def test_one_address_in_many_steps_is_written_once(self, clock):
        step("Veille", position=4, addresses="b@j.fr")
        ReportFactory(kind="menace")
        clock.shift(2 * HOUR)
        sent = go_round()
        assert told(sent) == ["a@j.fr", "b@j.fr", "c@j.fr"]
        assert "« Adjoint, Veille »" in spaced(sent[1].body)
        assert sent[1].body.count("/moderation/commentaires/") == 1

    def test_a_new_step_is_told_of_what_is_late(self, clock):
        ReportFactory(kind="injure")
        clock.shift(48 * HOUR)
        assert told(go_round()) == ["b@j.fr", "c@j.fr"]
        step("Siège", position=4, addresses="d@j.fr", report_hours=MOST_HOURS)
        assert go_round() == []
        clock.shift(MOST_HOURS * HOUR)
        assert told(go_round()) == ["d@j.fr"]


class TestWhatEndsAnAlert:
    def test_a_decision_in_time(self, clock, marie):
        report = ReportFactory()
        clock.shift(23 * HOUR)
        decided(report.comment, Action.PUBLISH)
        clock.shift(2 * HOUR)
        assert go_round() == []

    def test_neither_ownership_nor_putting_on_hold(self, clock, marie, deputy):
        report = ReportFactory()
        decided(report.comment, Action.HOLD)
        QueueEntry.objects.update(owner=marie)
        clock.shift(24 * HOUR)
        (message,) = go_round()
        assert f"{marie.username} s’en charge." in spaced(message.body)

    def test_a_decision_before_the_mail_left(self, clock, marie, monkeypatch):
        report = ReportFactory()
        clock.shift(24 * HOUR)
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", _unreachable)
            round_that_fails()
        decided(report.comment)
        assert go_round() == []
        assert DeskMail.objects.get().state == "moot"
        assert not DeskMail.objects.due().exists()

    def test_undone_it_stands_again_since_it_came(self, clock, marie, deputy):
        report = ReportFactory()
        decision = decided(report.comment)
        clock.shift(30 * HOUR)
        assert go_round() == []
        undo(decision, by=marie)
        assert told(go_round()) == ["marie@journal.example"]

    def test_another_report_is_another_alert(self, clock, marie, deputy):
        report = ReportFactory()
        clock.shift(24 * HOUR)
        assert len(go_round()) == 1
        decided(report.comment, Action.PUBLISH)
        ReportFactory(comment=report.comment)
        clock.shift(23 * HOUR)
        assert go_round() == []
        clock.shift(HOUR)
        assert len(go_round()) == 1


def test_a_crowd_is_one_alert(clock, marie):
    comment = CommentFactory(published=True)
    for _ in range(10):
        ReportFactory(comment=comment)
        clock.shift(3 * HOUR)
    (message,) = go_round()
    assert message.subject.endswith("1 alerte attend une décision")
    clock.shift(60 * HOUR)
    assert go_round() == []


def test_a_grave_report_does_not_wait_for_an_older_one(clock, marie):
    comment = CommentFactory(published=True)
    ReportFactory(comment=comment, kind="injure")
    clock.shift(2 * HOUR)
    ReportFactory(comment=comment, kind="terrorisme")
    clock.shift(HOUR)
    (message,) = go_round()
    assert "Signalement grave" in spaced(message.body)
    assert "Signalement d’un lecteur" not in spaced(message.body)


def test_a_threat_counts_from_when_it_was_written(clock, marie):
    comment = rude()
    clock.shift(timedelta(days=3))
    reimport_comment(comment, THREAT)
    assert go_round() == []
    clock.shift(HOUR)
    assert len(go_round()) == 1


def test_a_threat_that_someone_kept_is_none_when_it_is_reported(clock, deputy):
    comment = submit_comment(
        article=ArticleFactory(comment_policy="a_posteriori"),
        author=ReaderFactory().commenter,
        text=THREAT,
    )
    keeping = decided(comment, Action.PUBLISH)
    ReportFactory(comment=comment, kind="injure")
    clock.shift(HOUR)
    assert go_round() == []
    decided(comment, Action.PUBLISH)
    undo(comment.decisions.first(), by=keeping.moderator)
    assert go_round() == []  # the first one still holds
    clock.shift(23 * HOUR)
    (message,) = go_round()
    assert "Menace" not in message.body


def test_nobody_is_named_and_no_text_is_quoted(clock, deputy):
    author = ReaderFactory(commenter="Nadia Abou Rjeily")
    comment = submit_comment(
        article=ArticleFactory(comment_policy="a_posteriori", title="Un titre"),
        author=author.commenter,
        text=THREAT,
    )
    decided(comment, Action.PUBLISH)
    ReportFactory(
        comment=comment,
        kind="menace",
        name="Rita Plaignante",
        email="rita@journal.example",
        explanation="Il menace mon frère Sami.",
    )
    clock.shift(HOUR)
    (message,) = go_round()
    assert f"http://127.0.0.1:8000/moderation/commentaires/{comment.pk}/" in (
        message.body
    )
    assert "Signalement grave, depuis" in spaced(message.body)
    whole = str(message.message())
    for word in ("tuer", "Nadia", "Rita", "rita@", "Sami", "Un titre"):
        assert word not in whole + message.body


def test_each_side_that_contests_has_its_own_page(clock, deputy):
    appeal, complaint = (
        contested(),
        complained(name="Rita", email="rita@lecteurs.example"),
    )
    clock.shift(72 * HOUR)
    (message,) = go_round()
    site = "http://127.0.0.1:8000/moderation/contestations"
    for address in (f"{site}/{appeal.pk}/", f"{site}/lecteurs/{complaint.pk}/"):
        assert f"{address}\n" in message.body
    assert "Rita" not in message.body


def test_a_complaint_answered_in_time_is_no_alert(clock, deputy):
    complaint = complained()
    clock.shift(71 * HOUR)
    replied(complaint, "kept")
    clock.shift(HOUR)
    assert go_round() == []


def test_in_the_language_its_reader_chose(clock, marie):
    DigestPreference.objects.create(account=marie, language="en")
    ReportFactory()
    clock.shift(24 * HOUR)
    (message,) = go_round()
    assert message.subject == "Le Journal: 1 alert awaits a decision"
    assert "Reader’s report" in spaced(message.body)


def test_a_long_list_is_cut_and_counted(clock, marie):
    ReportFactory.create_batch(33)
    clock.shift(24 * HOUR)
    (message,) = go_round()
    assert message.subject.endswith("33 alertes attendent une décision")
    assert message.body.count("/moderation/commentaires/") == 30
    assert "Et 3 autres." in spaced(message.body)
    assert "/moderation/?retard=oui" in spaced(message.body)


def test_as_many_queries_for_many_as_for_one(
    clock, marie, django_assert_max_num_queries
):
    go_round()
    counts = []
    for count in (1, 20):
        ReportFactory.create_batch(count)
        clock.shift(24 * HOUR)
        with django_assert_max_num_queries(100) as asked:
            assert len(go_round()) == 1
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _unreachable(self, messages):
    raise ConnectionRefusedError
