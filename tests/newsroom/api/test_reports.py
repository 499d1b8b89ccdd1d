"""Reports by the API: the page's rules, and what moderators' programs see of them."""

import json

import pytest
from django.core import mail

from moderation.models import QueueEntry, Report
from tests.factories import (
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.deciding import decided

pytestmark = pytest.mark.django_db
NO_SURROGATE = "surrogate_characters_not_allowed"
VALID = {
    "kind": "injure",
    "explanation": "Il insulte.",
    "name": "Rita",
    "email": "rita@journal.example",
    "good_faith": True,
}


def url(comment):
    return f"/api/v1/comments/{comment.pk}/reports/"


@pytest.fixture
def comment():
    return CommentFactory(published=True)


def test_anyone_may_report(anonymous, comment, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = anonymous.post(url(comment), VALID)
    assert answer.status_code == 201
    report = Report.objects.get()
    assert answer.json() == {
        "reference": report.reference,
        "url": f"http://127.0.0.1:8000/signalements/{report.reference}/",
    }
    assert (report.comment, report.user) == (comment, None)
    assert len(mail.outbox) == 1
    assert anonymous.post(url(comment), VALID).json() == answer.json()
    assert Report.objects.count() == 1


def test_an_account_is_known(signed_in, comment):
    reader = ReaderFactory()
    signed_in(reader).post(url(comment), VALID)
    assert Report.objects.get().user == reader


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("kind", "rien", "invalid_choice"),
        ("kind", 3, "wrong_type"),
        ("explanation", "", "blank"),
        ("explanation", " ", "invalid_report"),
        ("explanation", "x" * 2001, "max_length"),
        ("explanation", "seul \ud800", NO_SURROGATE),
        ("email", "\ud800@journal.example", NO_SURROGATE),
        ("name", "", "invalid_report"),
        ("email", "", "invalid_report"),
        ("email", "rita", "invalid_report"),
        ("good_faith", False, "invalid_report"),
        ("good_faith", "true", "wrong_type"),
    ],
)
def test_what_lacks_is_named(anonymous, comment, field, value, code):
    sent = json.dumps(VALID | {field: value})  # the client's own JSON knows no \ud800
    answer = anonymous.post(url(comment), sent, content_type="application/json")
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert [(e["attr"], e["code"]) for e in errors] == [(field, code)]
    assert not Report.objects.exists()


def test_child_abuse_needs_no_name(anonymous, comment):
    sent = {"kind": "mineurs", "explanation": "Un enfant.", "good_faith": True}
    assert anonymous.post(url(comment), sent).status_code == 201
    assert anonymous.post(url(comment), sent | {"kind": "injure"}).status_code == 400


@pytest.mark.parametrize("status", ["pending", "hidden", "deleted"])
def test_what_readers_cannot_see_is_not_there(anonymous, status):
    comment = CommentFactory(status=status)
    assert anonymous.post(url(comment), VALID).status_code == 404
    assert not Report.objects.exists()


def test_too_often(anonymous, comment):
    for number in range(30):
        sent = VALID | {"email": f"lecteur{number}@journal.example"}
        assert anonymous.post(url(comment), sent).status_code == 201
    answer = anonymous.post(url(comment), VALID)
    assert answer.status_code == 429
    assert answer.json()["errors"][0]["code"] == "reported_too_often"
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("who", [ModeratorFactory, EditorFactory])
def test_the_queue_tells_the_reports_and_never_by_whom(signed_in, comment, who):
    ReportFactory(comment=comment, name="Rita", email="rita@journal.example")
    ReportFactory.create_batch(6, comment=comment, kind="menace")
    client = signed_in(who())
    (item,) = client.get("/api/v1/moderation/queue/").json()["results"]
    detail = client.get(f"/api/v1/moderation/comments/{comment.pk}/").json()
    for shown in (item, detail):
        reports = shown["reports"]
        assert reports["count"] == 7
        assert reports["kinds"] == [
            {"kind": "menace", "count": 6},
            {"kind": "injure", "count": 1},
        ]
        assert len(reports["oldest"]) == 5
        assert set(reports["oldest"][0]) == {
            "kind",
            "explanation",
            "revision",
            "created_at",
        }
        assert "rita" not in str(shown).lower()


def test_answered_reports_wait_no_more(signed_in):
    report = ReportFactory()
    decided(report.comment)
    path = f"/api/v1/moderation/comments/{report.comment_id}/"
    assert signed_in(ModeratorFactory()).get(path).json()["reports"] is None


def test_the_queue_can_be_narrowed_to_them(signed_in):
    report = ReportFactory()
    other = CommentFactory(published=True)
    QueueEntry.objects.create(comment=other, rank=1, waiting_since=other.received_at)
    client = signed_in(ModeratorFactory())

    def found(**asked):
        results = client.get("/api/v1/moderation/queue/", asked).json()["results"]
        return [each["id"] for each in results]

    assert found() == [report.comment_id, other.pk]
    assert found(reported="true") == [report.comment_id]
    assert found(reported="true", state="pending") == []


def test_pages_of_the_queue_follow_each_other(signed_in):
    comments = [ReportFactory().comment_id for _ in range(5)]
    client, seen = signed_in(ModeratorFactory()), []
    following = "/api/v1/moderation/queue/?page_size=2"
    while following:
        answer = client.get(following).json()
        seen += [each["id"] for each in answer["results"]]
        following = answer["next"]
    assert seen == comments
