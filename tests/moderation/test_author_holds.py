"""Newcomers, and authors often hidden: what editors may ask to be reviewed first."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from comments.models import Comment
from moderation.loading import load_shipped_rules
from moderation.models import Action, RuleSetting
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.moderation.desk import ruled
from tests.moderation.sanctioning import sanctioned

pytestmark = pytest.mark.django_db
SEED = Path(__file__).resolve().parents[2] / "fixtures" / "article-syrie.txt"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.COMMENTS_PER_MINUTE = 100


@pytest.fixture
def author():
    return ReaderFactory().commenter


@pytest.fixture
def switch_on(client):
    """Set a rule as an editor does, on its page of the back office."""

    def switch(rule, **values):
        load_shipped_rules()
        client.force_login(EditorFactory())
        pk = RuleSetting.objects.get(rule=rule).pk
        fields = {f"seuil_{name}": value for name, value in values.items()}
        answer = client.post(
            reverse("admin:moderation_rulesetting_change", args=[pk]),
            {"enabled": "on", **fields},
        )
        assert answer.status_code == 302

    return switch


def post(author, **article):
    return submit_comment(
        article=ArticleFactory(**article), author=author, text="Un avis."
    )


def decide_on(comment, action):
    comment.refresh_from_db()
    ruled(comment, action, ModeratorFactory(), "injure")


def test_nobody_waits_unless_editors_say_so(author):
    assert [post(author).status for _ in range(3)] == ["published"] * 3


def test_newcomers_wait_until_enough_were_published(author, switch_on):
    switch_on("newcomer", comments=2)
    waiting = [post(author, comment_policy="a_posteriori") for _ in range(3)]
    assert {c.status for c in waiting} == {"pending"}
    assert waiting[0].decisions.get().note.startswith("Nouvel auteur")
    decide_on(waiting[0], Action.PUBLISH)
    assert post(author).status == "pending"
    decide_on(waiting[1], Action.HIDE)
    assert post(author).status == "pending"
    decide_on(waiting[2], Action.PUBLISH)
    assert post(author).status == "published"
    assert post(ReaderFactory().commenter).status == "pending"


def test_those_often_hidden_wait_until_they_mend(author, switch_on):
    switch_on("record", hidden=2, among=4)
    comments = [post(author) for _ in range(2)]
    decide_on(comments[0], Action.HIDE)
    assert post(author).status == "published"
    decide_on(comments[1], Action.HIDE)
    held = post(author)
    assert held.status == "pending"
    assert "ont été masqués" in held.decisions.get().note
    assert post(author).status == "pending"
    # The two hidden ones are no longer among the last four
    assert post(author).status == "published"


def test_a_review_is_counted_first(author, switch_on):
    switch_on("newcomer", comments=1)
    review = sanctioned(author, "review", comments=1)
    causes = [post(author).author_hold.cause for _ in range(2)]
    assert causes == ["sanction", "newcomer"]
    assert review.holds.count() == 1


def test_imported_comments_do_not_wait(switch_on):
    switch_on("newcomer", comments=50)
    switch_on("record", hidden=1, among=1)
    call_command("import_page", str(SEED), stdout=StringIO())
    states = set(Comment.objects.values_list("status", flat=True))
    assert states == {"published"}
