"""Sanctions through the API: the rules of the desk, in the API's shape."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.models import Sanction
from tests.factories import CommenterFactory, ModeratorFactory, ReaderFactory
from tests.moderation.sanctioning import GRAVE, sanctioned

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return ReaderFactory().commenter


@pytest.fixture
def moderator(signed_in):
    return signed_in(ModeratorFactory(first_name="Rima", last_name="Khoury"))


def address(author):
    return f"/api/v1/moderation/authors/{author.pk}/sanctions/"


def order(kind="warning", **more):
    return {"kind": kind, "reason": "injure", "after": None, **more}


def test_imposed_listed_and_lifted(moderator, author):
    assert moderator.get(address(author)).json()["results"] == []
    until = timezone.localdate() + timedelta(5)
    asked = order("suspension", until=until.isoformat(), grave=True, grave_reason=GRAVE)
    made = moderator.post(address(author), asked)
    assert made.status_code == 201
    told = made.json()
    assert (told["kind"], told["stands"], told["moderator"]) == (
        "suspension",
        True,
        "Rima Khoury",
    )
    assert told["grave_reason"] == GRAVE
    assert told["measure"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert moderator.get(address(author)).json()["results"] == [told]
    lift = f"/api/v1/moderation/sanctions/{told['id']}/lift/"
    lifted = moderator.post(lift, {"reason": "Une erreur."})
    assert lifted.status_code == 200
    assert lifted.json()["lift_reason"] == "Une erreur."
    assert lifted.json()["stands"] is False
    assert moderator.post(lift, {"reason": "Encore."}).status_code == 409


def test_a_stale_view_gets_a_409(moderator, author):
    sanctioned(author, "warning")
    answer = moderator.post(address(author), order())
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "already_decided"
    assert author.sanctions.count() == 1


@pytest.mark.parametrize(
    ("asked", "attr"),
    [
        (order("suspension", until="2020-01-01", grave=True, grave_reason=GRAVE),
         "until"),
        (order("ban"), "grave"),
        (order("ban", grave=True), "grave_reason"),
        (order("review"), "comments"),
        (order("review", comments=True), "comments"),
        (order("review", comments=10**9), "comments"),
        (order(reason="rien"), "reason"),
        (order(reason="autre"), "message"),
        (order(message=["x"]), "message"),
        (order(message="x" * 2001), "message"),
        (order(until="demain"), "until"),
        (order(until=20270101), "until"),
        (order("exil"), "kind"),
        (order(after="x"), "after"),
        ({"kind": "warning", "reason": "injure"}, "after"),
    ],
)  # fmt: skip
def test_bad_orders(moderator, author, asked, attr):
    answer = moderator.post(address(author), asked)
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == [attr]
    assert not Sanction.objects.exists()


def test_no_account_no_sanction(moderator):
    answer = moderator.post(address(CommenterFactory()), order())
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "non_field_errors"


def test_lifting_says_why(moderator, author):
    sanction = sanctioned(author, "warning")
    lift = f"/api/v1/moderation/sanctions/{sanction.pk}/lift/"
    for body in ({}, {"reason": ""}, {"reason": "  "}, {"reason": 3}):
        answer = moderator.post(lift, body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "reason"
    assert author.sanctions.in_force().exists()


def test_page_by_page_in_a_fixed_number_of_queries(
    moderator, author, django_assert_max_num_queries
):
    made = [sanctioned(author, "warning") for _ in range(3)]
    first = moderator.get(address(author), {"page_size": 2}).json()
    assert [s["id"] for s in first["results"]] == [made[2].pk, made[1].pk]
    second = moderator.get(first["next"]).json()
    assert [s["id"] for s in second["results"]] == [made[0].pk]
    for _ in range(5):
        sanctioned(author, "warning")
    with django_assert_max_num_queries(6):
        assert len(moderator.get(address(author)).json()["results"]) == 8
