"""The back office of alerts: it warns of what would not be told."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from moderation.alerts.outbox import new_message_id
from moderation.models import DeskMail, EscalationStep
from tests.factories import (
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    UserFactory,
)
from tests.moderation.alerts.rounds import MONDAY, go_round, step
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
STEPS = reverse("admin:moderation_escalationstep_changelist")
ADD = reverse("admin:moderation_escalationstep_add")
MAILS = reverse("admin:moderation_deskmail_changelist")
HOURS = {"threat_hours": "1", "grave_hours": "1", "report_hours": "24"}


@pytest.fixture
def office(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def warned(office):
    return spaced(office.get(STEPS).content.decode())


def test_nothing_set_and_no_round_yet(office, settings):
    ModeratorFactory(email="marie@journal.example")
    told = warned(office)
    assert "ce qui est en retard est écrit à marie@journal.example." in told
    assert "Aucune tournée n’a jamais été faite" in told


def test_all_is_well(office):
    step("Adjoint", addresses="a@j.fr")
    go_round()
    told = warned(office)
    for warning in ("Aucune", "personne", "Personne", "tournée", "refusé"):
        assert warning not in told


def test_what_is_not_told(office):
    step("Adjoint", addresses="a@j.fr", appeal_hours=None, threat_hours=0)
    step("Direction", members=[UserFactory(email="")], appeal_hours=None)
    told = warned(office)
    assert "L’étape « Direction » n’atteint personne" in told
    assert "Personne n’est prévenu d’un retard : contestation." in told
    assert "retard : menace" not in told


def test_a_scheduler_that_stopped(office):
    step("Adjoint", addresses="a@j.fr")
    with time_machine.travel(MONDAY, tick=False) as clock:
        go_round()
        clock.shift(timedelta(minutes=59))
        assert "tournée remonte" not in warned(office)
        clock.shift(timedelta(hours=4))
        assert "La dernière tournée remonte à 4 heures" in warned(office)


def test_addresses_are_checked_one_by_one(office):
    form = {"name": "Adjoint", "position": "1", "appeal_hours": "", **HOURS}
    answer = office.post(ADD, {**form, "addresses": "a@j.fr\npas une adresse"})
    assert "« pas une adresse » n’est pas une adresse" in spaced(
        answer.content.decode()
    )
    assert not EscalationStep.objects.exists()
    answer = office.post(ADD, {**form, "addresses": "a@j.fr\n\n b@j.fr "})
    assert answer.status_code == 302
    assert EscalationStep.objects.get().listed_addresses() == ["a@j.fr", "b@j.fr"]
    assert EscalationStep.objects.get().appeal_hours is None


@pytest.mark.parametrize("hours", ["-1", "1441", "x"])
def test_hours_are_checked(office, hours):
    form = {"name": "Adjoint", "position": "1", **HOURS, "report_hours": hours}
    assert office.post(ADD, form).status_code == 200
    assert not EscalationStep.objects.exists()


def test_only_the_newsroom_is_offered(office):
    moderator, editor, reader = ModeratorFactory(), EditorFactory(), ReaderFactory()
    silent = ModeratorFactory(email="")
    offered = office.get(ADD).content.decode()
    for account in (moderator, editor):
        assert offered.count(f">{account.username}<") == 1
    for account in (reader, silent):
        assert f">{account.username}<" not in offered


def test_mails_that_were_given_up_go_again(office):
    step("Adjoint", addresses="a@j.fr")
    kept = [
        DeskMail.objects.create(
            address="a@j.fr", message_id=new_message_id("alerte"), refused=refused
        )
        for refused in (5, 2)
    ]
    assert "1 courriel a été refusé trop souvent" in warned(office)
    chosen = {
        "action": "send_again",
        "_selected_action": [mail.pk for mail in kept],
    }
    answer = office.post(MAILS, chosen, follow=True)
    assert "1 courriel partira à la prochaine tournée." in answer.content.decode()
    refused = DeskMail.objects.order_by("pk").values_list("refused", flat=True)
    assert list(refused) == [0, 2]
