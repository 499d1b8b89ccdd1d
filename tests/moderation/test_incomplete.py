"""Rules that ran out of time, and the earlier texts that one of them compares with."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.models import Comment
from moderation.loading import load_shipped_rules
from moderation.models import Decision, QueueEntry, RuleSetting
from moderation.queue import unscreened
from moderation.rules import budget
from moderation.screening import EARLIER_COUNT, earlier_texts
from moderation.services import import_comment, rescreen, submit_comment
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db
TEXT = "Quelle belle journée pour relire les dépêches de la semaine passée !!!!"


@pytest.fixture
def no_time(monkeypatch: Any) -> Any:
    """Rules have no time at all; `no_time.undo()` gives it back."""
    monkeypatch.setattr(budget, "UNASKED", 0.0)
    monkeypatch.setattr(budget, "RULE_SECONDS", -1.0)
    return monkeypatch


def submit(text: str = TEXT, policy: str = "", author: Any = None) -> Comment:
    return submit_comment(
        article=ArticleFactory(comment_policy=policy),
        author=author or ReaderFactory().commenter,
        text=text,
    )


@pytest.mark.parametrize("policy", ["flagged_first", "a_posteriori", "a_priori"])
@pytest.mark.usefixtures("no_time")
def test_incomplete_screening_holds_and_names_the_rules(policy: str) -> None:
    comment = submit(policy=policy)
    assert comment.status == "pending"
    assert QueueEntry.objects.get(comment=comment).rank == QueueEntry.Rank.PENDING
    note = comment.decisions.get().note
    assert note.startswith("Analyse incomplète : à relire. (")
    assert "punctuation" in note
    assert list(unscreened()) == [comment]


def test_desk_says_what_was_not_finished(client: Client, no_time: Any) -> None:
    submit()
    no_time.undo()
    client.force_login(ModeratorFactory())
    page = client.get(reverse("moderation:queue")).content.decode()
    assert "Analyse incomplète</span>" in page
    assert "Ponctuation répétée" in page


@pytest.mark.usefixtures("no_time")
def test_imported_comment_stays_in_sight_and_is_queued() -> None:
    from datetime import UTC, datetime

    from comments.services import PrintedComment

    moment = datetime(2015, 9, 18, 21, 33, tzinfo=UTC)
    printed = PrintedComment(
        author=CommenterFactory(), text=TEXT, created_at=moment,
        printed_time="00 h 33", source="page", external_id="1",
        sorted_at=moment, tie=1,
    )  # fmt: skip
    comment = import_comment(ArticleFactory(), printed)
    assert comment.status == "published"
    assert comment.queue_entry.rank == QueueEntry.Rank.FLAGGED
    assert list(unscreened()) == [comment]


def test_rescreening_takes_it_up_again(no_time: Any) -> None:
    comment = submit(policy="a_posteriori")
    found = set(comment.revision.flags.values_list("rule", "start"))  # type: ignore
    assert rescreen(comment) is None  # no further than before
    with pytest.raises(CommandError, match="1 à reprendre"):
        call_command("rescreen", stdout=StringIO())
    assert Decision.objects.filter(comment=comment).count() == 1
    no_time.undo()
    call_command("rescreen", stdout=StringIO())
    comment.refresh_from_db()
    assert comment.status == "published"
    assert not unscreened().exists()
    assert comment.decisions.count() == 2
    again = set(comment.revision.flags.values_list("rule", "start"))  # type: ignore
    assert again >= found
    assert "punctuation" in {rule for rule, _ in again}


def test_rule_against_repetition_knows_the_authors_earlier_texts() -> None:
    author = ReaderFactory().commenter
    calm = TEXT.rstrip("!")
    assert submit(calm, author=author).status == "published"
    again = submit(calm, author=author)
    assert again.status == "pending"
    assert again.revision is not None
    assert [flag.rule for flag in again.revision.flags.all()] == ["repetition"]
    assert submit(calm).status == "published"  # someone else may


def test_earlier_texts_are_recent_few_and_the_authors_own(
    django_assert_num_queries: Any,
) -> None:
    author, now = CommenterFactory(), timezone.now()

    def wrote(text: str, days: int, **fields: Any) -> Comment:
        comment = CommentFactory(author=author, text=text, **fields)
        received = now - timedelta(days=days)
        Comment.objects.filter(pk=comment.pk).update(received_at=received)
        return comment

    wrote("trop vieux", 31)
    wrote("supprimé", 2, status="deleted")
    CommentFactory(text="un autre")
    for number in range(EARLIER_COUNT + 5):
        wrote(f"texte {number}", 20 - number // 5)
    latest = wrote("celui-ci", 1)
    wrote("plus tard", 0)
    latest.refresh_from_db()
    with django_assert_num_queries(1):
        texts = earlier_texts(latest)
    assert len(texts) == EARLIER_COUNT
    assert texts[0] == "texte 24"
    assert {"trop vieux", "supprimé", "un autre", "plus tard"}.isdisjoint(texts)


def test_earlier_texts_are_not_read_for_nothing(monkeypatch: Any) -> None:
    asked: list[Comment] = []

    def read(comment: Comment) -> list[str]:
        asked.append(comment)
        return []

    monkeypatch.setattr("moderation.screening.earlier_texts", read)
    load_shipped_rules()
    submit()
    assert len(asked) == 1
    setting = RuleSetting.objects.get(rule="repetition")
    setting.enabled = False
    setting.save()
    submit()
    assert len(asked) == 1
