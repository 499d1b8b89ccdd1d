"""The desk's history and the page of one comment."""

import pytest
from bs4 import BeautifulSoup

from comments.services import add_revision
from moderation.models import Action, Decision
from moderation.screening import screen_revision
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db

HISTORY = "/moderation/historique/"


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def page(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def take(comment, action, by, **kwargs):
    latest = comment.decisions.first()
    return decide(
        comment,
        action=action,
        by=by,
        after=latest.pk if latest else None,
        revision=comment.revision_id,
        **kwargs,
    )


def undoable(shown):
    return [row["id"] for row in shown.select("li:has(form)[id^=decision-]")]


def test_only_the_latest_human_decision_can_be_undone(desk, moderator):
    comment = submit_comment(
        article=ArticleFactory(),
        author=ReaderFactory().commenter,
        text="Quel connard.",
    )
    first = take(comment, Action.PUBLISH, moderator)
    second = take(comment, Action.HIDE, moderator, reason="injure")
    shown = page(desk.get(HISTORY))
    assert [row["id"] for row in shown.select("li[id^=decision-]")] == [
        f"decision-{second.pk}",
        f"decision-{first.pk}",
    ]
    assert undoable(shown) == [f"decision-{second.pk}"]
    assert desk.post(f"/moderation/decisions/{first.pk}/annuler/").status_code == 409

    form = shown.select_one(f"#decision-{second.pk} form")
    desk.post(form["action"], {"next": HISTORY})
    comment.refresh_from_db()
    assert comment.status == "published"
    shown = page(desk.get(HISTORY))
    assert undoable(shown) == []
    # Neither can an undo be undone, nor what the rules decided
    for decision in comment.decisions.all():
        url = f"/moderation/decisions/{decision.pk}/annuler/"
        assert desk.post(url).status_code == 409
    comment.refresh_from_db()
    assert comment.status == "published"


def test_whose_decisions(desk, moderator):
    other = ModeratorFactory()
    mine = take(CommentFactory(), Action.PUBLISH, moderator)
    theirs = take(CommentFactory(), Action.PUBLISH, other)
    submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text="Bravo."
    )
    rules = Decision.objects.get(moderator=None)
    expected = {
        "": [theirs, mine],
        "moi": [mine],
        "regles": [rules],
        "x": [theirs, mine],
    }
    for whose, decisions in expected.items():
        shown = page(desk.get(HISTORY, {"par": whose}))
        rows = [row["id"] for row in shown.select("li[id^=decision-]")]
        assert rows == [f"decision-{d.pk}" for d in decisions]


def test_history_in_pages(desk, moderator, django_assert_num_queries):
    for _ in range(60):
        take(CommentFactory(), Action.PUBLISH, moderator)
    with django_assert_num_queries(8):
        first = page(desk.get(HISTORY, {"par": "moi"}))
    second = page(desk.get(first.select_one("[rel=next]")["href"]))
    rows = [row["id"] for p in (first, second) for row in p.select("li[id^=decision-]")]
    assert rows == [f"decision-{d.pk}" for d in Decision.objects.all()]
    assert not second.select("[rel=next]")


@pytest.mark.parametrize("before", ["x", "-1", "9" * 5000, "%00", "1.5"])
def test_history_from_nowhere(desk, moderator, before):
    decision = take(CommentFactory(), Action.PUBLISH, moderator)
    shown = page(desk.get(f"{HISTORY}?avant={before}"))
    assert shown.select_one(f"#decision-{decision.pk}")


def test_editors_read_the_history_without_buttons(client, moderator):
    decision = take(CommentFactory(), Action.PUBLISH, moderator)
    client.force_login(EditorFactory())
    shown = page(client.get(HISTORY))
    assert shown.select_one(f"#decision-{decision.pk}")
    assert not shown.select("main form[method=post]")


@pytest.mark.parametrize(
    ("status", "buttons"),
    [
        ("pending", ["Publier", "Masquer…"]),
        ("published", ["Masquer…"]),
        ("hidden", ["Rétablir"]),
        ("deleted", []),
    ],
)
def test_page_of_a_comment_in_each_state(desk, status, buttons):
    comment = CommentFactory(status=status)
    shown = page(desk.get(f"/moderation/commentaires/{comment.pk}/"))
    assert comment.revision.text in shown.select_one(".desk-text").text
    offered = shown.select("[data-action=approve], summary[data-action=hide]")
    assert [b.text.split()[0] for b in offered] == buttons


def test_page_of_a_comment_holds_all_its_texts(desk, moderator):
    comment = CommentFactory(text="Quel connard.")
    screen_revision(comment.revision)
    take(comment, Action.HIDE, moderator, reason="injure", note="À corriger.")
    add_revision(comment, "Quel ministre.")
    shown = page(desk.get(f"/moderation/commentaires/{comment.pk}/"))
    current, older = shown.select(".desk-text")
    assert (current.text, older.text) == ("Quel ministre.", "Quel connard.")
    assert older.select_one("mark").text == "connard"
    assert not current.select("mark")
    decided = " ".join(shown.select_one("ol.desk-decisions").text.split())
    assert "masqué, motif : Injure" in decided
    assert "À corriger." in decided
    assert "(version 1)" in decided
