"""Second looks in the API: the same rules and rights as on the desk."""

import json
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from comments.models import Comment
from moderation.models import SecondLook
from moderation.second_looks.agreement import Agreement, named_period
from moderation.second_looks.drawing import audit
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.moderation.second_looks.looking import drawn, judged

pytestmark = pytest.mark.django_db
LOOKS = "/api/v1/moderation/second-looks/"
NEXT = f"{LOOKS}next/"
AGREEMENT = f"{LOOKS}agreement/"


@pytest.fixture(autouse=True)
def _all_are_drawn(settings):
    settings.SECOND_LOOK_SHARE = 1.0


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(signed_in, moderator):
    return signed_in(moderator)


def insulted():
    comment = submit_comment(
        article=ArticleFactory(slug="pain"),
        author=ReaderFactory(commenter="Nour").commenter,
        text="Quel connard, ce ministre.",
    )
    return drawn("hide", ModeratorFactory(first_name="Yara"), comment)


def test_a_text_is_taken_blind_judged_and_compared(desk):
    look = insulted()
    before = Comment.objects.values().get(pk=look.comment_id)
    taken = desk.post(NEXT)
    assert taken.status_code == 200
    data = taken.json()
    assert sorted(data) == [
        *("article", "author", "created_at", "flags", "id", "parent", "text")
    ]
    assert (data["id"], data["text"]) == (look.pk, look.revision.text)
    assert [flag["text"] for flag in data["flags"]] == ["connard"]
    assert data["parent"] is None
    assert "Yara" not in taken.content.decode()
    assert desk.post(NEXT).json() == data
    answer = desk.post(
        f"{LOOKS}{look.pk}/judgement/",
        {"action": "publish", "note": "Vif, sans plus."},
        format="json",
    )
    assert answer.status_code == 201
    told = answer.json()
    assert (told["action"], told["agrees"]) == ("publish", False)
    assert told["first_decision"]["moderator"] == "Yara"
    assert told["first_decision"]["action"] == "hide"
    assert desk.get(f"{LOOKS}{look.pk}/").json() == told
    assert Comment.objects.values().get(pk=look.comment_id) == before
    assert desk.post(NEXT).status_code == 204


def test_an_audit_tells_nothing_of_the_machine(desk, settings):
    settings.SECOND_LOOK_AUDITS = 10**6
    CommentFactory(published=True)
    audit(timezone.localdate())
    data = desk.post(NEXT).json()
    assert data["flags"] == []
    url = f"{LOOKS}{data['id']}/judgement/"
    told = desk.post(url, {"action": "hide", "reason": "cri"}, format="json").json()
    assert (told["first_decision"], told["agrees"]) == (None, False)


@pytest.mark.parametrize(
    ("body", "attr", "code"),
    [
        ({}, "action", "required"),
        ({"action": "hold"}, "action", "invalid_choice"),
        ({"action": 1}, "action", "wrong_type"),
        ({"action": "hide"}, "reason", "invalid_decision"),
        ({"action": "hide", "reason": "x"}, "reason", "invalid_choice"),
        ({"action": "hide", "reason": "autre", "note": "Court."}, "note", None),
        ({"action": "publish", "note": "a" * 2001}, "note", "max_length"),
        ({"action": "publish", "note": "\ud800"}, "note", None),
    ],
)
def test_what_is_no_judgement_is_refused(desk, body, attr, code):
    look = insulted()
    desk.post(NEXT)
    answer = desk.post(
        f"{LOOKS}{look.pk}/judgement/",
        json.dumps(body),  # half a surrogate pair can be written so alone
        content_type="application/json",
    )
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["attr"] == attr
    assert code in (None, error["code"])
    assert SecondLook.objects.get().state == "open"


def test_a_conflict_does_not_tell_what_was_decided(desk):
    look = insulted()
    url = f"{LOOKS}{look.pk}/judgement/"
    answer = desk.post(url, {"action": "publish"}, format="json")
    assert answer.status_code == 409
    assert answer.json()["decision"] is None
    judged(look, "hide")
    assert desk.post(url, {"action": "publish"}, format="json").status_code == 409
    assert desk.get(f"{LOOKS}{look.pk}/").status_code == 404


def test_figures_are_those_of_the_page(signed_in, moderator):
    chief = User.objects.create_superuser("chef")
    judge = ModeratorFactory()
    for number in range(21):
        action = "hide" if number % 2 else "publish"
        judged(drawn(action, moderator), action if number % 5 else "hide", by=judge)
    judged(drawn("hide", ModeratorFactory(first_name="Zoé")), "hide", by=judge)
    found = Agreement(named_period("90j", now=timezone.now()), reader=chief)
    data = signed_in(chief).get(AGREEMENT).json()
    overall = found.overall
    low, high = overall.kappa_interval
    told = data["overall"]
    assert (told["looks"], told["share"]) == (22, overall.share)
    assert (told["kappa"], told["kappa_low"], told["kappa_high"]) == (
        *(overall.kappa, low, high),
    )
    assert (told["low"], told["high"]) == overall.interval
    assert [r["reason"] for r in data["reasons"]] == ["injure"]
    names = [person["name"] for person in data["moderators"]]
    assert names == ["Marie Khoury", "Zoé"]
    few = data["moderators"][1]["agreement"]
    assert few["looks"] == 1
    assert {few[name] for name in few if name != "looks"} == {None}
    assert data["audit"]["recall"] is None


def test_each_reads_himself_alone(signed_in, desk, moderator):
    judged(drawn("hide", moderator), "hide")
    judged(drawn("hide", ModeratorFactory(first_name="Zoé")), "hide")
    [own] = desk.get(AGREEMENT).json()["moderators"]
    assert own["name"] == "Marie Khoury"


@pytest.mark.parametrize("period", ["30d", "90d", "365d"])
def test_periods_are_told(desk, period):
    data = desk.get(AGREEMENT, {"period": period}).json()
    start, end = (datetime.fromisoformat(data[name]) for name in ("start", "end"))
    assert (end - start).days == int(period.removesuffix("d")) - 1


def test_figures_cost_a_fixed_number_of_queries(
    desk, moderator, django_assert_num_queries
):
    for count in (1, 4):
        for _ in range(count):
            judged(drawn("hide", moderator), "hide")
            judged(insulted() if count == 1 else drawn("publish"), "hide")
        with django_assert_num_queries(10):  # four of them for the account
            assert desk.get(AGREEMENT).status_code == 200
