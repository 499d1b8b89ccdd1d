"""The front door and the decisions: what is stored, shown, queued and refused."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from articles.models import CommentPolicy
from comments.errors import CommentsClosed, InvalidText, PostedTooOften
from comments.models import Comment
from comments.services import PrintedComment
from moderation import screening
from moderation.models import Action, Decision, Flag, QueueEntry
from moderation.screening import SCREENING_FAILED
from moderation.services import (
    decide,
    import_comment,
    rescreen,
    submit_comment,
)
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    ModeratorFactory,
    ReaderFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db

POLITE = "Je ne partage pas cette analyse, mais elle est bien écrite."
RUDE = "Quel connard, ce ministre."
Rank = QueueEntry.Rank
Status = Comment.Status


def submit(text=POLITE, article=None, **kwargs):
    return submit_comment(
        article=article or ArticleFactory(),
        author=kwargs.pop("author", None) or ReaderFactory().commenter,
        text=text,
        **kwargs,
    )


def queued(comment):
    return QueueEntry.objects.filter(comment=comment).first()


def latest(comment):
    return Decision.objects.filter(comment=comment).first()


def take(comment, action, **kwargs):
    """A moderator's decision on the comment as it stands now."""
    comment.refresh_from_db()
    last = latest(comment)
    kwargs.setdefault("by", ModeratorFactory())
    return decide(
        comment,
        action=action,
        after=last.pk if last else None,
        revision=comment.revision_id,
        **kwargs,
    )


@pytest.fixture
def broken_engine(monkeypatch):
    def fail():
        raise RuntimeError("a rule is broken")

    monkeypatch.setattr(screening, "current_engine", fail)


@pytest.mark.parametrize(
    ("policy", "text", "status", "rank"),
    [
        ("flagged_first", POLITE, Status.PUBLISHED, None),
        ("flagged_first", RUDE, Status.PENDING, Rank.PENDING),
        ("a_priori", POLITE, Status.PENDING, Rank.PENDING),
        ("a_priori", RUDE, Status.PENDING, Rank.PENDING),
        ("a_posteriori", POLITE, Status.PUBLISHED, None),
        ("a_posteriori", RUDE, Status.PUBLISHED, Rank.FLAGGED),
    ],
)
def test_each_mode_shows_and_queues(policy, text, status, rank):
    comment = submit(text, ArticleFactory(comment_policy=policy))
    assert comment.status == status
    entry = queued(comment)
    assert (entry.rank if entry else None) == rank
    decision = latest(comment)
    assert decision.moderator is None
    assert (decision.status_before, decision.status_after) == (Status.PENDING, status)
    assert decision.revision == comment.revision
    comment.article.refresh_from_db()
    assert comment.article.comment_count == (status == Status.PUBLISHED)


@pytest.mark.parametrize(
    ("own", "section", "site", "status"),
    [
        ("a_posteriori", "a_priori", "a_priori", Status.PUBLISHED),
        ("", "a_posteriori", "a_priori", Status.PUBLISHED),
        ("", "", "a_priori", Status.PENDING),
        ("a_priori", "a_posteriori", "a_posteriori", Status.PENDING),
    ],
)
def test_article_wins_over_section_over_site(settings, own, section, site, status):
    settings.COMMENT_POLICY = site
    article = ArticleFactory(
        section=SectionFactory(comment_policy=section), comment_policy=own
    )
    assert submit(POLITE, article).status == status


def test_closed_article_takes_nothing():
    article = ArticleFactory(comment_policy=CommentPolicy.CLOSED)
    with pytest.raises(CommentsClosed):
        submit(POLITE, article)
    assert not Comment.objects.exists()


def test_flags_keep_what_the_rules_said():
    comment = submit(RUDE)
    flag = Flag.objects.get(revision=comment.revision)
    assert RUDE[flag.start : flag.end] == flag.text
    assert (flag.category, flag.rule) == ("insult", "lexicon")
    assert flag.explanation["fr"]


def test_sent_twice_is_one_comment():
    article, author, key = ArticleFactory(), ReaderFactory().commenter, uuid4()
    first = submit(POLITE, article, author=author, submission_key=key)
    again = submit(POLITE, article, author=author, submission_key=key)
    retyped = submit(POLITE, article, author=author, submission_key=uuid4())
    assert first == again == retyped
    assert Decision.objects.count() == 1


def test_too_many_in_a_minute(settings):
    settings.COMMENTS_PER_MINUTE = 2
    article, author = ArticleFactory(), ReaderFactory().commenter
    for number in range(2):
        submit(f"{POLITE} {number}", article, author=author)
    with pytest.raises(PostedTooOften):
        submit(f"{POLITE} 3", article, author=author)
    assert Comment.objects.count() == 2
    submit(f"{POLITE} 3", article)  # another reader may


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "a\x00b", "x" * 3001])
def test_invalid_text_stores_nothing(text):
    with pytest.raises(InvalidText):
        submit(text)
    assert not Comment.objects.exists()


@pytest.mark.usefixtures("broken_engine")
@pytest.mark.parametrize("policy", ["flagged_first", "a_posteriori"])
def test_failing_engine_keeps_the_comment_waiting(policy):
    comment = submit(POLITE, ArticleFactory(comment_policy=policy))
    assert comment.status == Status.PENDING
    assert queued(comment).rank == Rank.PENDING
    assert latest(comment).note == SCREENING_FAILED


def test_failing_query_within_screening_keeps_the_comment(monkeypatch):
    def fail():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM there_is_no_such_table")

    monkeypatch.setattr(screening, "current_engine", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        fail()
    # The savepoint rolls back alone: on PostgreSQL the whole would be lost otherwise
    comment = submit(POLITE)
    assert Comment.objects.get().revision.text == POLITE
    assert latest(comment).note == SCREENING_FAILED


def import_one(text):
    moment = datetime(2015, 9, 18, 21, 33, tzinfo=UTC)
    printed = PrintedComment(
        author=CommenterFactory(),
        text=text,
        created_at=moment,
        printed_time="00 h 33",
        source="page",
        external_id="1",
        sorted_at=moment,
        tie=1,
    )
    return import_comment(ArticleFactory(), printed)


@pytest.mark.parametrize(("text", "rank"), [(POLITE, None), (RUDE, Rank.FLAGGED)])
def test_imported_comment_stays_published(text, rank):
    comment = import_one(text)
    assert comment.status == Status.PUBLISHED
    entry = queued(comment)
    assert (entry.rank if entry else None) == rank


@pytest.mark.usefixtures("broken_engine")
def test_imported_comment_that_cannot_be_screened_is_published_and_queued():
    comment = import_one(POLITE)
    assert comment.status == Status.PUBLISHED
    assert queued(comment).rank == Rank.FLAGGED


# Screening again what could not be screened


@pytest.mark.parametrize(
    ("text", "status", "rank"),
    [(POLITE, Status.PUBLISHED, None), (RUDE, Status.PENDING, Rank.PENDING)],
)
def test_rescreening_decides_as_the_first_screening_should_have(
    monkeypatch, text, status, rank
):
    with monkeypatch.context() as broken:
        broken.setattr(screening, "current_engine", lambda: None)
        comment = submit(text)
    assert comment.status == Status.PENDING
    waited = queued(comment).waiting_since
    assert rescreen(comment).status_after == status
    comment.refresh_from_db()
    assert comment.status == status
    entry = queued(comment)
    assert (entry.rank if entry else None) == rank
    assert entry is None or entry.waiting_since == waited
    assert rescreen(comment) is None  # nothing is left to do


def test_rescreening_leaves_a_moderators_decision(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(screening, "current_engine", lambda: None)
        comment = submit(POLITE)
    take(comment, Action.HIDE, reason="hors_sujet")
    assert rescreen(comment) is None
    comment.refresh_from_db()
    assert comment.status == Status.HIDDEN
