"""A batch put back, stopped in the middle, or whose moderator has left."""

import pytest

from comments.models import Comment
from moderation.batches import (
    cancel_batch,
    run_batch,
    run_chunk,
    start_batch,
    undo_batch,
    unfinished_batches,
)
from moderation.errors import AlreadyDecided
from moderation.models import Action, Decision, QueueEntry, RankerScore
from moderation.queue import waiting_counts
from moderation.ranking import score_waiting
from moderation.services import reimport_comment, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
)
from tests.moderation.batch_worlds import (
    batch_on_all,
    chosen,
    counts,
    decided_by,
    statuses,
    waiting,
)
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.HIDE])
def test_undo_puts_everything_back(moderator, action):
    article = ArticleFactory(comment_policy="a_posteriori")
    flagged = [
        submit_comment(
            article=article, author=ReaderFactory().commenter, text=f"Connard {n}."
        )
        for n in range(2)
    ]
    hidden = waiting(1)[0]
    decided_by(hidden, moderator, Action.HIDE)
    comments = [*waiting(3), *flagged, hidden]

    def world():
        return (
            sorted(Comment.objects.values_list("pk", "status")),
            sorted(QueueEntry.objects.values_list("pk", "rank", "waiting_since")),
            waiting_counts(),
        )

    before = world()
    batch = start_batch(chosen(comments), action=action, by=moderator, reason="cri")
    run_batch(batch)
    assert world() != before
    undoer = ModeratorFactory()
    assert counts(run_batch(undo_batch(batch, by=undoer))) == ("undone", 6, 0, 6, 0)
    assert world() == before
    undone = Decision.objects.filter(batch=batch).exclude(undoes=None)
    assert {d.moderator for d in undone} == {undoer}
    # Hidden again for the reason that hid it before
    assert undone.get(comment=hidden).reason == "cri"
    assert disagreements() == []
    with pytest.raises(AlreadyDecided):
        undo_batch(batch, by=moderator)


def test_undo_leaves_what_was_decided_since(moderator):
    decided, edited, undone_alone, left = comments = waiting(4)
    batch = run_batch(batch_on_all(moderator))
    mine = decided_by(decided, ModeratorFactory())
    reimport_comment(edited, "Un texte corrigé.")
    undo(undone_alone.decisions.first(), by=moderator)
    batch = run_batch(undo_batch(batch, by=moderator))
    assert counts(batch) == ("undone", 4, 0, 1, 3)
    assert decided.decisions.first() == mine
    states = [Comment.objects.get(pk=c.pk).status for c in comments]
    assert states == ["published", "pending", "pending", "pending"]
    assert batch.items.get(outcome="undone").comment_id == left.pk
    assert disagreements() == []


def test_stopped_and_undone_in_the_middle(moderator):
    comments = waiting(7)
    batch = run_chunk(batch_on_all(moderator), size=3)
    assert counts(batch) == ("running", 3, 0, 0, 0)
    assert list(unfinished_batches()) == [batch]
    batch = cancel_batch(batch)
    assert run_chunk(batch).done == 3  # nothing more
    assert list(unfinished_batches()) == []
    batch = undo_batch(batch, by=moderator)
    batch = run_chunk(batch, size=2)
    assert counts(batch) == ("undoing", 3, 0, 2, 0)
    assert statuses(comments) == {"pending": 6, "hidden": 1}
    assert cancel_batch(batch).state == "undoing"  # only deciding is cancelled
    assert counts(run_chunk(batch, size=2)) == ("undone", 3, 0, 3, 0)
    assert statuses(comments) == {"pending": 7}
    assert disagreements() == []


def test_a_running_batch_that_is_undone_decides_no_more(moderator):
    comments = waiting(5)
    batch = run_chunk(batch_on_all(moderator), size=2)
    batch = run_batch(undo_batch(batch, by=moderator))
    assert counts(batch) == ("undone", 2, 0, 2, 0)
    assert batch.left == 3
    assert statuses(comments) == {"pending": 5}


@pytest.mark.parametrize("undoing", [False, True])
def test_whoever_may_decide_no_more_decides_no_more(moderator, undoing):
    waiting(4)
    batch = run_chunk(batch_on_all(moderator), size=2)
    if undoing:
        batch = undo_batch(batch, by=moderator)
    moderator.is_active = False
    moderator.save()
    assert counts(run_batch(batch)) == ("cancelled", 2, 0, 0, 0)
    # Someone else can still undo it
    batch = run_batch(undo_batch(batch, by=ModeratorFactory()))
    assert counts(batch) == ("undone", 2, 0, 2, 0)


def test_back_in_the_learned_order(moderator):
    RankerFactory(active=True)
    waiting(3)
    list(score_waiting())
    before = sorted(RankerScore.objects.values_list("entry", "revision", "score"))
    assert len(before) == 3
    batch = run_batch(batch_on_all(moderator))
    assert not RankerScore.objects.exists()
    run_batch(undo_batch(batch, by=moderator))
    after = sorted(RankerScore.objects.values_list("entry", "revision", "score"))
    assert after == before


def test_comments_that_never_waited(moderator):
    """Shown ones can be hidden together, and come back without entering the queue."""
    comments = [CommentFactory(published=True) for _ in range(3)]
    batch = start_batch(
        chosen(comments), action=Action.HIDE, by=moderator, reason="cri"
    )
    run_batch(batch)
    assert statuses(comments) == {"hidden": 3}
    run_batch(undo_batch(batch, by=moderator))
    assert statuses(comments) == {"published": 3}
    assert not QueueEntry.objects.exists()
    assert disagreements() == []
