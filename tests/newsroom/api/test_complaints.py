"""Complaints through the API: the rules of the desk, in the API's shape."""

import pytest

from comments.models import Comment
from tests.factories import ModeratorFactory
from tests.moderation.complaining import complained

pytestmark = pytest.mark.django_db
LIST = "/api/v1/moderation/complaints/"


@pytest.fixture
def moderator(signed_in):
    return signed_in(ModeratorFactory(first_name="Rima", last_name="Khoury"))


def answer_of(told, outcome="kept", **more):
    contested = told["contested"]
    seen = {"after": contested["id"], "revision": contested["revision"]}
    return {"outcome": outcome, "reasoning": "Voici pourquoi.", **seen, **more}


def test_listed_answered_and_closed(moderator):
    complaint = complained(name="Hortense Delamarre")
    [told] = moderator.get(LIST, {"state": "open"}).json()["results"]
    assert told["kind"] == "injure"
    assert "Hortense" not in str(told)
    assert complaint.report.email not in str(told)
    assert moderator.get(f"{LIST}{complaint.pk}/").json() == told
    answer = answer_of(told, "hidden", reason="injure")
    made = moderator.post(f"{LIST}{complaint.pk}/answer/", answer, format="json")
    assert made.status_code == 201
    assert made.json()["outcome"] == "hidden"
    assert made.json()["moderator"] == "Rima Khoury"
    comment = Comment.objects.get(pk=complaint.report.comment_id)
    assert comment.status == Comment.Status.HIDDEN
    again = moderator.post(f"{LIST}{complaint.pk}/answer/", answer, format="json")
    assert again.status_code == 409
    assert moderator.get(LIST, {"state": "open"}).json()["results"] == []


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"outcome": "upheld"}, "outcome"),
        ({"reasoning": " "}, "reasoning"),
        ({"outcome": "hidden"}, "reason"),
        ({"outcome": "hidden", "reason": "autre", "note": "court"}, "note"),
        ({"after": "1"}, "after"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(moderator, change, attr):
    complaint = complained()
    told = moderator.get(f"{LIST}{complaint.pk}/").json()
    asked = {**answer_of(told), **change}
    answer = moderator.post(f"{LIST}{complaint.pk}/answer/", asked, format="json")
    assert answer.status_code == 400
    assert attr in {error["attr"] for error in answer.json()["errors"]}


def test_who_kept_it_gets_a_403(signed_in):
    moderator = ModeratorFactory()
    complaint = complained(by=moderator)
    client = signed_in(moderator)
    told = client.get(f"{LIST}{complaint.pk}/").json()
    answer = client.post(
        f"{LIST}{complaint.pk}/answer/", answer_of(told), format="json"
    )
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "own_decision"
