"""The digest by e-mail, chosen through the API."""

from datetime import datetime

import pytest

from moderation.alerts.models import DigestPreference
from tests.factories import EditorFactory, ModeratorFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/moderation/digest/"
WEEKLY = {"frequency": "weekly", "hour": 8, "weekday": 2}


@pytest.fixture
def account():
    return ModeratorFactory()


@pytest.fixture
def moderator(signed_in, account):
    return signed_in(account)


def test_chosen_and_ended(moderator, account):
    offered = moderator.get(URL).json()
    assert (offered["frequency"], offered["next_due"]) == ("never", None)
    assert not DigestPreference.objects.exists()
    told = moderator.put(URL, WEEKLY)
    assert told.status_code == 200, told.content
    due = datetime.fromisoformat(told.json()["next_due"])
    assert (due.weekday(), due.hour) == (2, 8)
    assert moderator.get(URL).json() == told.json()
    assert DigestPreference.objects.get().account == account
    ended = moderator.put(URL, {"frequency": "never"}).json()
    assert (ended["frequency"], ended["next_due"]) == ("never", None)


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"frequency": "yearly"}, "frequency"),
        ({"hour": 24}, "hour"),
        ({"hour": "8"}, "hour"),
        ({"weekday": 7}, "weekday"),
        ({"weekday": None}, "weekday"),
    ],
)
def test_what_is_not_understood_is_a_400(moderator, change, attr):
    answer = moderator.put(URL, {**WEEKLY, **change})
    assert answer.status_code == 400
    assert [e["attr"] for e in answer.json()["errors"]] == [attr]
    assert not DigestPreference.objects.exists()


def test_an_account_without_address_has_none(signed_in):
    editor = EditorFactory()
    editor.email = ""
    editor.save()
    client = signed_in(editor)
    assert client.put(URL, WEEKLY).status_code == 400
    assert client.put(URL, {"frequency": "never"}).status_code == 200
