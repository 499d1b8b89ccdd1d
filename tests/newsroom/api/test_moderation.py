import pytest

from comments.models import Comment
from moderation.models import Action, Decision, QueueEntry
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db
INSULT = "Espèce de connard, va."
QUEUE = "/api/v1/moderation/queue/"


@pytest.fixture
def moderator(signed_in):
    return signed_in(ModeratorFactory())


def waiting(text: str = INSULT, **kwargs) -> Comment:
    article = kwargs.pop("article", None) or ArticleFactory(**kwargs)
    author = ReaderFactory().commenter
    return submit_comment(article=article, author=author, text=text)


def decision_on(item: dict, action: str, **more) -> dict:
    seen = {"after": item["last_decision"], "revision": item["revision"]}
    return {"action": action, **seen, **more}


def test_queue_item_shows_words_and_why(moderator):
    comment = waiting()
    [item] = moderator.get(QUEUE).json()["results"]
    assert (item["id"], item["status"]) == (comment.pk, "pending")
    assert item["article"]["slug"] == comment.article.slug
    assert item["revision"] == comment.revision_id
    assert item["last_decision"] == comment.decisions.get().pk
    assert item["waiting_since"]
    flag = next(f for f in item["flags"] if f["category"] == "insult")
    assert item["text"][flag["start"] : flag["end"]] == flag["text"]
    assert "connard" in flag["text"]
    assert flag["explanation"]


def test_queue_has_pending_first_and_pages(moderator):
    shown = [waiting(comment_policy="a_posteriori").pk for _ in range(2)]
    held = [waiting().pk for _ in range(3)]
    url, seen = f"{QUEUE}?page_size=2", []
    while url:
        page = moderator.get(url).json()
        seen.append([c["id"] for c in page["results"]])
        url = page["next"]
    assert seen == [held[:2], [held[2], shown[0]], [shown[1]]]


def test_queue_filters(moderator):
    insult = waiting()
    shouted = waiting("CE SCANDALE EST ABSOLUMENT INSUPPORTABLE POUR NOUS TOUS")
    published = waiting(comment_policy="a_posteriori")

    def found(query: str) -> set[int]:
        answer = moderator.get(f"{QUEUE}?{query}")
        assert answer.status_code == 200
        return {c["id"] for c in answer.json()["results"]}

    assert found("") == {insult.pk, shouted.pk, published.pk}
    assert found("state=pending") == {insult.pk, shouted.pk}
    assert found("state=flagged") == {published.pk}
    assert found("category=shouting") == {shouted.pk}
    rule = insult.revision.flags.get(category="insult").rule
    assert found(f"rule={rule}&state=pending") == {insult.pk}
    assert found(f"article={shouted.article.slug}") == {shouted.pk}
    for query in ("state=x", "category=x", "rule=%00", "article=%00"):
        assert moderator.get(f"{QUEUE}?{query}").status_code == 400


def test_publish_hide_and_undo(moderator, anonymous):
    comment = waiting()
    thread = f"/api/v1/articles/{comment.article.slug}/comments/"
    url = f"/api/v1/moderation/comments/{comment.pk}/"
    assert anonymous.get(thread).json()["results"] == []

    before = moderator.get(url).json()
    answer = moderator.post(url + "decisions/", decision_on(before, "publish"))
    assert (answer.status_code, answer.json()["status_after"]) == (201, "published")
    assert len(anonymous.get(thread).json()["results"]) == 1
    assert moderator.get(QUEUE).json()["results"] == []

    item = moderator.get(url).json()
    assert item["waiting_since"] is None
    assert [d["action"] for d in item["decisions"]] == ["publish", "hold"]
    hidden = moderator.post(
        url + "decisions/", decision_on(item, "hide", reason="injure", note="Mot 3.")
    ).json()
    assert anonymous.get(thread).json()["results"] == []

    undo = f"/api/v1/moderation/decisions/{hidden['id']}/undo/"
    undone = moderator.post(undo)
    assert undone.status_code == 201
    assert undone.json()["undoes"] == hidden["id"]
    assert len(anonymous.get(thread).json()["results"]) == 1
    assert moderator.post(undo).status_code == 409
    log = moderator.get(f"/api/v1/moderation/decisions/?comment={comment.pk}").json()
    assert [d["undone"] for d in log["results"]] == [False, True, False, False]
    hides = moderator.get("/api/v1/moderation/decisions/?action=hide").json()
    assert [d["id"] for d in hides["results"]] == [hidden["id"]]


def test_second_moderator_is_told_who_decided_what_and_when(signed_in):
    comment = waiting()
    url = f"/api/v1/moderation/comments/{comment.pk}/"
    first, second = ModeratorFactory(), ModeratorFactory()
    seen = signed_in(second).get(url).json()
    made = signed_in(first).post(
        url + "decisions/", decision_on(seen, "hide", reason="injure")
    )
    late = signed_in(second).post(url + "decisions/", decision_on(seen, "publish"))
    assert (made.status_code, late.status_code) == (201, 409)
    assert late.json() == {
        "type": "client_error",
        "errors": [
            {
                "code": "already_decided",
                "detail": "Ce commentaire a été traité entre-temps.",
                "attr": None,
            }
        ],
        "decision": {
            "id": made.json()["id"],
            "action": "hide",
            "moderator": first.username,
            "reason": "injure",
            "created_at": made.json()["created_at"],
        },
    }
    comment.refresh_from_db()
    assert comment.status == "hidden"
    assert comment.decisions.count() == 2


def test_hiding_needs_a_reason_and_other_a_note(moderator):
    comment = waiting()
    url = f"/api/v1/moderation/comments/{comment.pk}/"
    item = moderator.get(url).json()
    for more in ({}, {"reason": ""}, {"reason": "autre", "note": "bref"}):
        answer = moderator.post(url + "decisions/", decision_on(item, "hide", **more))
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "invalid_decision"
    assert moderator.get(url).json() == item
    note = {"reason": "autre", "note": "Expliqué en assez de signes."}
    answer = moderator.post(url + "decisions/", decision_on(item, "hide", **note))
    assert answer.status_code == 201


def test_what_the_rules_decided_cannot_be_undone(moderator):
    decision = waiting().decisions.get()
    answer = moderator.post(f"/api/v1/moderation/decisions/{decision.pk}/undo/")
    assert answer.status_code == 400
    assert Decision.objects.count() == 1


def test_deleted_comment_is_beyond_moderators(moderator):
    comment = waiting()
    url = f"/api/v1/moderation/comments/{comment.pk}/"
    item = moderator.get(url).json()
    Comment.objects.filter(pk=comment.pk).update(status="deleted")
    missing = moderator.get("/api/v1/moderation/comments/999999/")
    assert moderator.get(url).content == missing.content
    answer = moderator.post(url + "decisions/", decision_on(item, "publish"))
    assert answer.status_code == missing.status_code == 404
    assert Decision.objects.count() == 1


def test_decision_says_what_was_seen_and_nothing_else_counts(moderator):
    comment = waiting()
    url = f"/api/v1/moderation/comments/{comment.pk}/"
    item = moderator.get(url).json()
    assert moderator.post(url + "decisions/", {"action": "publish"}).status_code == 400
    other = ModeratorFactory()
    extra = {"moderator": other.pk, "by": other.pk, "comment": 1, "status_after": "x"}
    answer = moderator.post(url + "decisions/", decision_on(item, "publish", **extra))
    assert answer.status_code == 201
    assert answer.json()["moderator"] != other.username
    assert answer.json()["comment"] == comment.pk


def test_author_reads_the_reason_not_the_note(signed_in):
    comment = waiting()
    decide(
        comment,
        action=Action.HIDE,
        by=ModeratorFactory(),
        after=comment.decisions.get().pk,
        revision=comment.revision_id,
        reason="injure",
        note="note interne",
    )
    author = signed_in(comment.author.user)
    answer = author.get("/api/v1/me/comments/")
    [item] = answer.json()["results"]
    assert item["hidden_because"] == {"code": "injure", "label": "Injure"}
    assert "note interne" not in answer.content.decode()


def test_editor_looks_but_does_not_decide(signed_in):
    comment = waiting()
    editor = signed_in(EditorFactory())
    url = f"/api/v1/moderation/comments/{comment.pk}/"
    item = editor.get(url).json()
    answer = editor.post(url + "decisions/", decision_on(item, "publish"))
    assert answer.status_code == 403
    assert QueueEntry.objects.count() == 1


def test_screen_says_what_the_rules_would(moderator):
    answer = moderator.post("/api/v1/moderation/screen/", {"text": INSULT})
    assert answer.status_code == 200
    assert answer.json()["action"] == "hold"
    [flag] = [f for f in answer.json()["flags"] if f["category"] == "insult"]
    assert INSULT[flag["start"] : flag["end"]] == flag["text"]
    assert Comment.objects.count() == 0
    polite = moderator.post("/api/v1/moderation/screen/", {"text": "Merci."})
    assert polite.json() == {"flags": [], "action": "publish"}


def test_parent_is_shown_with_its_text(moderator):
    parent = CommentFactory(text="Le parent.", published=True)
    submit_comment(
        article=parent.article,
        author=ReaderFactory().commenter,
        text=INSULT,
        parent=parent,
    )
    [item] = moderator.get(QUEUE).json()["results"]
    assert item["parent"]["text"] == "Le parent."
