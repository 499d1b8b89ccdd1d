"""What moderators decide and undo: states, queue, counters, refusals."""

import pytest

from comments.models import Comment
from comments.services import add_revision, set_status
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.models import Action, Decision, QueueEntry
from moderation.reasons import ReasonCode
from moderation.services import (
    decide,
    submit_comment,
    undo,
)
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
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


def submit_flagged_and_shown():
    return submit(RUDE, ArticleFactory(comment_policy="a_posteriori"))


def test_published_after_waiting():
    comment = submit(RUDE)
    assert queued(comment)
    decision = take(comment, Action.PUBLISH)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert queued(comment) is None
    assert decision.waiting_since == comment.received_at
    comment.article.refresh_from_db()
    assert comment.article.comment_count == 1


def test_kept_though_flagged():
    comment = submit_flagged_and_shown()
    comment.article.refresh_from_db()
    assert comment.article.comment_count == 1
    decision = take(comment, Action.PUBLISH)
    assert (decision.status_before, decision.status_after) == (
        Status.PUBLISHED,
        Status.PUBLISHED,
    )
    assert queued(comment) is None
    comment.article.refresh_from_db()
    assert comment.article.comment_count == 1


def test_hidden_with_its_reason():
    comment = submit_flagged_and_shown()
    comment.article.refresh_from_db()
    assert comment.article.comment_count == 1
    moderator = ModeratorFactory()
    decision = take(comment, Action.HIDE, reason="injure", note="net", by=moderator)
    comment.refresh_from_db()
    comment.article.refresh_from_db()
    assert comment.status == Status.HIDDEN
    assert comment.article.comment_count == 0
    assert (decision.reason, decision.note) == (ReasonCode.INJURE, "net")
    assert decision.moderator == moderator
    assert decision.revision == comment.revision


def test_publishing_stores_no_reason():
    decision = take(submit(RUDE), Action.PUBLISH, reason="injure")
    assert decision.reason == ""


def test_put_on_hold():
    comment = submit(POLITE)
    assert queued(comment) is None
    take(comment, Action.HOLD)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert queued(comment).rank == Rank.PENDING


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [
        ("", "", "reason"),
        ("inconnu", "", "reason"),
        ("autre", "", "note"),
        ("autre", "trop court", "note"),
        ("autre", " " * 30, "note"),
    ],
)
def test_hiding_needs_its_reason(reason, note, field):
    comment = submit(RUDE)
    before = latest(comment)
    with pytest.raises(InvalidDecision) as refusal:
        take(comment, Action.HIDE, reason=reason, note=note)
    assert refusal.value.field == field
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    assert latest(comment) == before
    assert queued(comment)


def test_other_reason_with_its_explanation():
    comment = submit(RUDE)
    take(comment, Action.HIDE, reason="autre", note="Vingt caractères au moins.")
    comment.refresh_from_db()
    assert comment.status == Status.HIDDEN


def test_second_moderator_is_told():
    comment = submit(RUDE)
    seen = latest(comment).pk
    first = take(comment, Action.PUBLISH)
    with pytest.raises(AlreadyDecided) as refusal:
        decide(
            comment,
            action=Action.HIDE,
            by=ModeratorFactory(),
            after=seen,
            revision=comment.revision_id,
            reason="injure",
        )
    assert refusal.value.latest == first
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert latest(comment) == first


def test_text_changed_after_loading():
    comment = submit(RUDE)
    seen = comment.revision_id
    add_revision(comment, "Un autre texte.")
    last = latest(comment)
    with pytest.raises(AlreadyDecided) as refusal:
        decide(
            comment,
            action=Action.PUBLISH,
            by=ModeratorFactory(),
            after=last.pk,
            revision=seen,
        )
    assert refusal.value.latest is None
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_deleted_comment_stays_deleted():
    comment = submit(RUDE)
    set_status(comment, Status.DELETED)
    with pytest.raises(InvalidDecision):
        take(comment, Action.PUBLISH)
    comment.refresh_from_db()
    assert comment.status == Status.DELETED


# Undoing


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.HIDE, Action.HOLD])
@pytest.mark.parametrize("make", [lambda: submit(RUDE), submit_flagged_and_shown])
def test_undone_is_as_before(action, make):
    comment = make()
    entry = queued(comment)
    before = (comment.status, entry.rank, entry.waiting_since)
    decision = take(comment, action, reason="injure")
    undone = undo(decision, by=ModeratorFactory())
    comment.refresh_from_db()
    entry = queued(comment)
    assert (comment.status, entry.rank, entry.waiting_since) == before
    assert undone.undoes == decision
    assert undone.status_after == comment.status
    comment.article.refresh_from_db()
    assert comment.article.comment_count == (comment.status == Status.PUBLISHED)


def test_undone_without_having_waited_leaves_the_queue():
    comment = submit(POLITE)
    undo(take(comment, Action.HOLD), by=ModeratorFactory())
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert queued(comment) is None


def test_decided_again_after_undoing():
    comment = submit(RUDE)
    undo(take(comment, Action.PUBLISH), by=ModeratorFactory())
    take(comment, Action.HIDE, reason="injure")
    comment.refresh_from_db()
    assert comment.status == Status.HIDDEN
    assert comment.decisions.count() == 4


def test_undoing_what_restored_it_hides_for_the_same_reason():
    comment = submit(RUDE)
    take(comment, Action.HIDE, reason="autre", note="Une explication assez longue.")
    undone = undo(take(comment, Action.PUBLISH), by=ModeratorFactory())
    comment.refresh_from_db()
    assert comment.status == Status.HIDDEN
    assert (undone.action, undone.reason) == (Action.HIDE, "autre")
    assert undone.note == "Une explication assez longue."


def test_undo_refused_once_another_decided():
    comment = submit(RUDE)
    first = take(comment, Action.PUBLISH)
    second = take(comment, Action.HIDE, reason="injure")
    with pytest.raises(AlreadyDecided) as refusal:
        undo(first, by=ModeratorFactory())
    assert refusal.value.latest == second
    comment.refresh_from_db()
    assert comment.status == Status.HIDDEN


def test_rules_and_undos_cannot_be_undone():
    comment = submit(RUDE)
    with pytest.raises(InvalidDecision):
        undo(latest(comment), by=ModeratorFactory())
    undone = undo(take(comment, Action.PUBLISH), by=ModeratorFactory())
    with pytest.raises(InvalidDecision):
        undo(undone, by=ModeratorFactory())
    assert latest(comment) == undone


def test_undo_refused_once_the_author_deleted_it():
    comment = submit(RUDE)
    decision = take(comment, Action.PUBLISH)
    comment.refresh_from_db()
    set_status(comment, Status.DELETED)
    with pytest.raises(AlreadyDecided):
        undo(decision, by=ModeratorFactory())
    comment.refresh_from_db()
    assert comment.status == Status.DELETED


def test_comment_that_was_never_decided_takes_a_first_decision():
    comment = CommentFactory()
    assert latest(comment) is None
    take(comment, Action.PUBLISH)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
