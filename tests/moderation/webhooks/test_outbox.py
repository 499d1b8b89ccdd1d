"""What is noted for receivers, with what happened or not at all."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from moderation.batches import run_batch, undo_batch
from moderation.models import (
    Action,
    Decision,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from moderation.services import decide, rescreen, submit_comment, undo
from moderation.webhooks.outbox import decided, tell
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.batch_worlds import batch_on_all, waiting
from tests.moderation.webhooks.receiving import endpoint

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "docs" / "webhooks.schema.json").read_text())
SECRETS = {
    "canaritexte": "a comment's text",
    "Canariauteur": "its author's name",
    "canari-auteur@": "his address",
    "Canariplaignant": "who reported it",
    "canari-plainte@": "his address",
    "canariexplique": "why he did",
    "canarinote": "what the moderator noted",
    "canarimoderateur": "who that was",
}


def told():
    """The payloads noted so far, each one that the schema knows."""
    payloads = [json.loads(event.body) for event in WebhookEvent.objects.all()]
    for payload in payloads:
        jsonschema.validate(payload, SCHEMA)
    return payloads


def types():
    return [payload["type"] for payload in told()]


def post(text="Un avis.", **fields):
    return submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text=text, **fields
    )


def hide(comment, **fields):
    latest = comment.decisions.first()
    return decide(
        comment,
        action=Action.HIDE,
        by=ModeratorFactory(),
        after=latest.pk if latest else None,
        revision=comment.revision_id,
        reason="injure",
        **fields,
    )


def test_a_comment_posted_and_decided_by_the_rules():
    endpoint("https://example.com/")
    assert told() == []
    comment = post("Quel connard, ce maire.")
    posted, decided_ = told()
    assert (posted["type"], decided_["type"]) == ("comment.posted", "comment.decided")
    for payload in (posted, decided_):
        shown = payload["data"]["comment"]
        assert shown["id"] == comment.pk
        assert shown["status"] == comment.status == "pending"
        assert shown["flags"] == ["insult"]
        assert shown["url"].endswith(comment.get_absolute_url())
        assert payload["data"]["article"]["id"] == comment.article_id
    decision = comment.decisions.get()
    assert decided_["data"]["decision"]["id"] == decision.pk
    assert decided_["data"]["decision"]["automatic"] is True
    assert decided_["data"]["decision"]["action"] == "hold"


def test_decisions_of_moderators_and_what_undoes_them():
    comment = post()
    endpoint("https://example.com/")
    taken = hide(comment)
    undone = undo(taken, by=ModeratorFactory())
    first, second = (payload["data"] for payload in told())
    assert first["comment"]["status"] == "hidden"
    assert first["decision"]["reason"] == "injure"
    assert first["decision"]["automatic"] is False
    assert second["comment"]["status"] == "published"
    assert second["decision"]["undoes"] == taken.pk
    assert second["decision"]["id"] == undone.pk


def test_reports_and_the_same_reader_again():
    endpoint("https://example.com/")
    comment = CommentFactory(published=True)
    report = ReportFactory(comment=comment, kind="menace")
    again = ReportFactory(comment=comment, kind="menace", email=report.email)
    assert again == report
    (payload,) = told()
    assert payload["type"] == "comment.reported"
    assert payload["data"]["report"]["id"] == report.pk
    assert payload["data"]["report"]["kind"] == "menace"


def test_a_batch_tells_of_each_comment_and_of_its_undoing():
    endpoint("https://example.com/")
    waiting(5)
    WebhookEvent.objects.all().delete()
    moderator = ModeratorFactory()
    batch = run_batch(batch_on_all(moderator))
    run_batch(undo_batch(batch, by=moderator))
    payloads = told()
    assert types() == ["comment.decided"] * 10
    assert {p["data"]["decision"]["batch"] for p in payloads} == {batch.pk}
    states = [p["data"]["comment"]["status"] for p in payloads]
    assert states == ["hidden"] * 5 + ["pending"] * 5


def test_screening_again_is_told(monkeypatch):
    endpoint("https://example.com/", tells_posted=False, tells_decided=False)
    with monkeypatch.context() as broken:
        broken.setattr("moderation.services.screen_revision", lambda *_a, **_k: None)
        comment = post()
    assert comment.status == "pending"
    endpoint("https://example.com/2")
    assert rescreen(comment) is not None
    (payload,) = told()
    assert payload["data"]["comment"]["status"] == "published"


def test_nothing_that_people_wrote_or_are_called_leaves():
    endpoint("https://example.com/")
    reader = ReaderFactory(
        email="canari-auteur@journal.example", commenter="Canariauteur"
    )
    comment = submit_comment(
        article=ArticleFactory(), author=reader.commenter, text="canaritexte"
    )
    ReportFactory(
        comment=comment,
        name="Canariplaignant",
        email="canari-plainte@journal.example",
        explanation="canariexplique",
    )
    decide(
        comment,
        action=Action.HIDE,
        by=ModeratorFactory(username="canarimoderateur"),
        after=comment.decisions.first().pk,
        revision=comment.revision_id,
        reason="injure",
        note="canarinote",
        message="canarimessage",
    )
    assert len(types()) == 4
    sent = "".join(event.body for event in WebhookEvent.objects.all())
    for word, what in {**SECRETS, "canarimessage": "what the author reads"}.items():
        assert word not in sent, what
    for report in comment.reports.all():
        assert report.reference not in sent  # it opens the reporter's page


def test_each_endpoint_is_told_of_what_it_asked_for():
    none = {"tells_posted": False, "tells_decided": False, "tells_reported": False}
    asked = {
        name: endpoint(f"https://example.com/{name}", **{**none, name: True})
        for name in none
    }
    endpoint("https://example.com/out", active=False)
    comment = post()
    ReportFactory(comment=comment)
    hide(comment)
    got = {
        name: list(one.deliveries.order_by("pk").values_list("event__type", flat=True))
        for name, one in asked.items()
    }
    assert got == {
        "tells_posted": ["comment.posted"],
        "tells_decided": ["comment.decided"] * 2,
        "tells_reported": ["comment.reported"],
    }
    assert WebhookDelivery.objects.count() == 4
    assert WebhookEvent.objects.values("uid").distinct().count() == 4


def test_what_is_rolled_back_was_never_told():
    endpoint("https://example.com/")
    with transaction.atomic():
        post()
        assert types() == ["comment.posted", "comment.decided"]
        transaction.set_rollback(True)
    assert told() == []
    assert not Comment.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_one_query_without_endpoints_and_five_with(count, django_assert_num_queries):
    decisions = [hide(CommentFactory(published=True)) for _ in range(count)]
    drafts = [decided(d) for d in Decision.objects.select_related("comment")]
    with django_assert_num_queries(0):
        tell()
    with django_assert_num_queries(1):
        tell(*drafts)
    endpoint("https://example.com/", tells_decided=False)
    with django_assert_num_queries(1):
        tell(*drafts)
    assert told() == []
    endpoint("https://example.com/", tells_posted=False)
    with django_assert_num_queries(5):
        tell(*drafts)
    assert len(types()) == len(decisions)


def test_nobody_waits_for_a_receiver(monkeypatch):
    """What is asked of the database, and of nothing else."""
    monkeypatch.setattr("socket.create_connection", None)
    monkeypatch.setattr("socket.getaddrinfo", None)
    endpoint("https://example.com/")
    comment = post()
    with CaptureQueriesContext(connection):
        hide(comment)
    assert len(types()) == 3


def test_an_endpoint_without_a_secret_cannot_be_stored():
    with pytest.raises(IntegrityError), transaction.atomic():
        endpoint("https://example.com/", secret="")
    assert not WebhookEndpoint.objects.exists()
