"""Decisions on many comments through the API, by the rules of the desk."""

import pytest

from moderation.batches import run_chunk
from moderation.models import Decision, DecisionBatch
from newsroom.api import batches
from tests.factories import ModeratorFactory
from tests.moderation.batch_worlds import MILD, decided_by, seen, statuses, waiting
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db

BATCHES = "/api/v1/moderation/batches/"
QUEUE = "/api/v1/moderation/queue/"


@pytest.fixture
def moderator(signed_in):
    return signed_in(ModeratorFactory(first_name="Marie", last_name="Khoury"))


@pytest.fixture
def slowly(monkeypatch):
    """Each call does one chunk of two comments."""
    monkeypatch.setattr(
        batches, "run_batch", lambda batch, seconds: run_chunk(batch, size=2)
    )


def post(client, url, data=None):
    return client.post(url, data or {}, content_type="application/json")


def as_seen(item):
    return {
        "comment": item["id"],
        "after": item["last_decision"],
        "revision": item["revision"],
    }


def test_chosen_comments(moderator):
    comments = waiting(3)
    items = moderator.get(QUEUE).json()["results"][:2]
    answer = post(
        moderator,
        BATCHES,
        {
            "action": "hide",
            "reason": "injure",
            "note": "Ensemble.",
            "comments": [as_seen(item) for item in items],
        },
    )
    assert answer.status_code == 201
    batch = answer.json()
    expected = {
        "state": "done",
        "action": "hide",
        "reason": "injure",
        "note": "Ensemble.",
        "moderator": "Marie Khoury",
        "total": 2,
        "done": 2,
        "skipped": 0,
        "left": 0,
        "undone": 0,
        "kept": 0,
        "undone_by": None,
        "unfinished": False,
        "outcomes": {},
    }
    assert {name: batch[name] for name in expected} == expected
    assert statuses(comments) == {"hidden": 2, "pending": 1}
    listed = moderator.get(f"/api/v1/moderation/decisions/?batch={batch['id']}").json()
    assert [d["comment"] for d in listed["results"]] == [
        comments[1].pk,
        comments[0].pk,
    ]
    assert {d["batch"] for d in listed["results"]} == {batch["id"]}

    decided_by(comments[0], ModeratorFactory())
    answer = post(moderator, f"{BATCHES}{batch['id']}/undo/")
    assert answer.status_code == 200
    batch = answer.json()
    assert (batch["state"], batch["undone"], batch["kept"]) == ("undone", 1, 1)
    assert batch["outcomes"] == {"kept": 1}
    assert batch["undone_by"] == "Marie Khoury"
    assert statuses(comments) == {"published": 1, "pending": 2}
    assert moderator.get(f"{BATCHES}{batch['id']}/").json() == batch
    again = post(moderator, f"{BATCHES}{batch['id']}/undo/")
    assert again.status_code == 409
    assert again.json()["errors"][0]["code"] == "already_decided"
    assert again.json()["decision"] is None
    assert disagreements() == []


@pytest.mark.usefixtures("slowly")
def test_everything_that_matches_step_by_step(moderator):
    rude, mild = waiting(5), waiting(1, MILD)
    asked = {
        "action": "hide",
        "reason": "injure",
        "matching": {"category": "insult", "state": "pending", "at_most": 5},
    }
    batch = post(moderator, BATCHES, asked).json()
    assert (batch["state"], batch["done"], batch["left"]) == ("running", 2, 3)
    decided_by(rude[2], ModeratorFactory())
    url = f"{BATCHES}{batch['id']}/"
    batch = post(moderator, f"{url}continue/").json()
    assert batch["unfinished"] is True
    batch = post(moderator, f"{url}continue/").json()
    assert batch["unfinished"] is False
    assert batch["outcomes"] == {"decided": 1}
    assert statuses(rude) == {"hidden": 4, "published": 1}
    assert statuses(mild) == {"pending": 1}


@pytest.mark.usefixtures("slowly")
def test_cancelled_in_the_middle(moderator):
    comments = waiting(3)
    asked = {"action": "publish", "matching": {"at_most": 3}}
    batch = post(moderator, BATCHES, asked).json()
    batch = post(moderator, f"{BATCHES}{batch['id']}/cancel/").json()
    assert (batch["state"], batch["left"]) == ("cancelled", 1)
    assert statuses(comments) == {"published": 2, "pending": 1}


@pytest.mark.parametrize(
    ("data", "attr"),
    [
        ({}, "non_field_errors"),
        ({"comments": [], "matching": {"at_most": 1}}, "non_field_errors"),
        ({"comments": []}, "comments"),
        ({"comments": [{"comment": 1}]}, "comments.0.after"),
        ({"comments": [{"comment": 9, "after": None, "revision": 1}]}, "comments"),
        ({"matching": {}}, "matching.at_most"),
        ({"matching": {"at_most": 0}}, "matching.at_most"),
        ({"matching": {"at_most": True}}, "matching.at_most"),
        ({"matching": {"at_most": 1}}, "at_most"),  # two match
        ({"matching": {"at_most": 9, "state": "x"}}, "matching.state"),
        ({"matching": {"at_most": 9, "article": "x"}}, "matching.article"),
        ({"matching": {"at_most": 9, "rule": "x"}}, "comments"),
        ({"matching": {"at_most": 9}, "action": "hide"}, "reason"),
        ({"matching": {"at_most": 9}, "action": "delete"}, "action"),
    ],
)
def test_refused(moderator, data, attr):
    comments = waiting(2)
    answer = post(moderator, BATCHES, {"action": "publish", **data})
    assert answer.status_code == 400
    assert attr in {error["attr"] for error in answer.json()["errors"]}
    assert statuses(comments) == {"pending": 2}
    assert not DecisionBatch.objects.exists()


def test_what_the_moderator_did_not_see_is_left(moderator):
    (comment,) = waiting(1)
    one = seen(comment)
    stale = {"comment": one.comment, "after": one.after, "revision": one.revision}
    decided_by(comment, ModeratorFactory())
    batch = post(
        moderator, BATCHES, {"action": "hide", "reason": "cri", "comments": [stale]}
    )
    assert batch.json()["outcomes"] == {"decided": 1}
    assert Decision.objects.filter(batch__isnull=False).count() == 0


@pytest.mark.parametrize("rows", [2, 8])
def test_queries_do_not_grow(moderator, rows, django_assert_num_queries):
    waiting(rows)
    asked = {"action": "publish", "matching": {"at_most": rows}}
    batch = post(moderator, BATCHES, asked).json()
    with django_assert_num_queries(6):
        moderator.get(f"{BATCHES}{batch['id']}/")
