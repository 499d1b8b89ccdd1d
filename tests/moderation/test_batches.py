"""One decision on many comments: each gets its own row, by the rules of a single one."""

import pytest

from comments.models import Comment
from comments.services import add_revision, set_status
from moderation.batches import (
    run_batch,
    run_chunk,
    start_batch,
    undo_batch,
)
from moderation.errors import InvalidDecision, SelectionGrew
from moderation.filters import QueueFilters
from moderation.models import (
    Action,
    Call,
    Decision,
    DecisionBatch,
    QueueEntry,
    Report,
)
from moderation.selections import Chosen, Matching, Seen, all_matching, in_words
from moderation.services import reimport_comment, submit_comment
from tests.factories import ModeratorFactory, ReaderFactory, ReportFactory
from tests.moderation.batch_worlds import (
    MILD,
    batch_on_all,
    chosen,
    counts,
    decided_by,
    seen,
    statuses,
    waiting,
)
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory()


def test_each_comment_gets_its_own_decision(moderator):
    comments, other = waiting(5), waiting(1)[0]
    before = {c.pk: c.queue_entry.waiting_since for c in comments}
    batch = start_batch(
        chosen(comments),
        action=Action.HIDE,
        by=moderator,
        reason="injure",
        note="Tous les mêmes.",
    )
    assert (batch.total, batch.left, batch.filters) == (5, 5, None)
    assert statuses(comments) == {"pending": 5}
    batch = run_batch(batch)
    assert counts(batch) == ("done", 5, 0, 0, 0)
    assert statuses(comments) == {"hidden": 5}
    taken = Decision.objects.filter(batch=batch)
    assert {d.comment_id: d.waiting_since for d in taken} == before
    for decision in taken:
        told = (decision.action, decision.reason, decision.note, decision.moderator)
        assert told == ("hide", "injure", "Tous les mêmes.", moderator)
        assert decision.revision_id == decision.comment.revision_id
        assert (decision.status_before, decision.status_after) == ("pending", "hidden")
    assert batch.first_decision == taken.earliest("pk")
    assert [e.comment_id for e in QueueEntry.objects.all()] == [other.pk]
    assert disagreements() == []


@pytest.mark.parametrize("action", Action)
def test_a_batch_does_what_single_decisions_do(moderator, action):
    """The same world twice: one decided in a batch, one comment by comment."""
    alone, together = waiting(3), waiting(3)
    for comment in alone:
        decided_by(comment, moderator, action)
    run_batch(start_batch(chosen(together), action=action, by=moderator, reason="cri"))

    def stored(comments):
        rows = []
        for comment in comments:
            comment.refresh_from_db()
            decision = comment.decisions.first()
            entry = QueueEntry.objects.filter(comment=comment).first()
            rows.append(
                (
                    comment.status,
                    comment.article.comment_count,
                    decision.action,
                    decision.reason,
                    decision.status_before,
                    decision.status_after,
                    decision.waiting_since == comment.received_at,
                    entry and (entry.rank, entry.waiting_since == comment.received_at),
                )
            )
        return rows

    assert stored(alone) == stored(together)
    assert disagreements() == []


def test_what_changed_since_is_left_with_the_reason(moderator):
    untouched, decided, edited, deleted = comments = waiting(4)
    batch = start_batch(chosen(comments), action=Action.PUBLISH, by=moderator)
    other = decided_by(decided, ModeratorFactory(), Action.HIDE)
    add_revision(edited, "Un texte que le modérateur n’a pas lu.")
    set_status(deleted, Comment.Status.DELETED)
    assert counts(run_batch(batch)) == ("done", 1, 3, 0, 0)
    outcomes = dict(batch.items.values_list("comment", "outcome"))
    assert outcomes == {
        untouched.pk: "done",
        decided.pk: "decided",
        edited.pk: "edited",
        deleted.pk: "deleted",
    }
    assert decided.decisions.first() == other
    states = [Comment.objects.get(pk=c.pk).status for c in comments]
    assert states == ["published", "hidden", "pending", "deleted"]
    assert disagreements() == []


def test_an_edit_that_was_screened_again_counts_as_an_edit(moderator):
    (comment,) = waiting(1)
    batch = start_batch(chosen([comment]), action=Action.PUBLISH, by=moderator)
    reimport_comment(comment, "Un autre texte.")
    run_batch(batch)
    assert batch.items.get().outcome == "edited"


def test_everything_that_matches_and_nothing_that_came_later(moderator):
    rude, mild = waiting(3), waiting(2, MILD)
    selection = all_matching(QueueFilters(category="insult"))
    assert sum(selection.by_status().values()) == 3
    assert [c.pk for c in selection.comments()] == [c.pk for c in rude]
    later = submit_comment(
        article=rude[0].article, author=ReaderFactory().commenter, text="Connard."
    )
    reimport_comment(rude[0], "Quel connard, vraiment.")
    decided_by(rude[1], ModeratorFactory())
    batch = start_batch(selection, action=Action.HIDE, by=moderator, reason="injure")
    assert [item.comment_id for item in batch.items.all()] == [rude[2].pk]
    run_batch(batch)
    assert statuses([rude[0], later, *mild]) == {"pending": 4}
    assert statuses(rude[2:]) == {"hidden": 1}
    assert in_words(batch.filters) == ["catégorie\u00a0: insulte"]


def test_more_than_was_agreed_to_is_not_decided(moderator):
    comments = waiting(3)
    until = Decision.objects.latest("pk").pk
    with pytest.raises(SelectionGrew) as refused:
        start_batch(
            Matching(QueueFilters(), until=until, at_most=2),
            action=Action.PUBLISH,
            by=moderator,
        )
    assert refused.value.count == 3
    assert not DecisionBatch.objects.exists()
    # Fewer are no surprise: someone was faster
    decided_by(comments[0], moderator)
    batch = start_batch(
        Matching(QueueFilters(), until=until, at_most=3),
        action=Action.PUBLISH,
        by=moderator,
    )
    assert batch.total == 2


def test_refused_like_a_single_decision(moderator):
    selection = chosen(waiting(1))
    for reason, note, field in (
        ("", "", "reason"),
        ("inconnu", "", "reason"),
        ("autre", "Trop court.", "note"),
    ):
        with pytest.raises(InvalidDecision) as refused:
            start_batch(
                selection, action=Action.HIDE, by=moderator, reason=reason, note=note
            )
        assert refused.value.field == field
    for nothing in (Chosen(()), all_matching(QueueFilters(rule="aucune"))):
        with pytest.raises(InvalidDecision):
            start_batch(nothing, action=Action.PUBLISH, by=moderator)
    with pytest.raises(InvalidDecision, match=r"inconnus.: 999999"):
        start_batch(
            Chosen((Seen(999_999, None, 1),)), action=Action.PUBLISH, by=moderator
        )
    assert not DecisionBatch.objects.exists()


def test_a_comment_chosen_twice_is_decided_once(moderator):
    (comment,) = waiting(1)
    one = seen(comment)
    batch = start_batch(Chosen((one, one)), action=Action.PUBLISH, by=moderator)
    assert counts(run_batch(batch)) == ("done", 1, 0, 0, 0)
    # And not again by another batch that saw what the first one did
    again = start_batch(Chosen((one,)), action=Action.PUBLISH, by=moderator)
    assert counts(run_batch(again)) == ("done", 0, 1, 0, 0)
    assert again.first_decision is None


@pytest.mark.parametrize("rows", [3, 12])
def test_queries_do_not_grow_with_the_comments(
    moderator, rows, django_assert_max_num_queries
):
    waiting(rows)
    batch = batch_on_all(moderator)
    with django_assert_max_num_queries(32):
        run_chunk(batch)
    undo_batch(batch, by=moderator)
    with django_assert_max_num_queries(30):
        run_chunk(batch)


@pytest.mark.parametrize("rows", [3, 12])
def test_queries_do_not_grow_with_what_readers_report(
    moderator, rows, django_assert_max_num_queries
):
    """Each comment is reported twice, once by a reader who was right before."""
    reader = ReaderFactory()
    for earlier in waiting(3):
        ReportFactory(comment=earlier, user=reader, email=reader.email)
        decided_by(earlier, moderator, Action.HIDE)
    comments = waiting(rows)
    for comment in comments:
        ReportFactory(comment=comment, user=reader, email=reader.email)
        ReportFactory(comment=comment)
    batch = batch_on_all(moderator, reported=True)
    with django_assert_max_num_queries(32):
        run_chunk(batch)
    assert not Report.objects.open().exists()
    assert not QueueEntry.objects.exists()
    undo_batch(batch, by=moderator)
    with django_assert_max_num_queries(37):
        run_chunk(batch)
    assert Report.objects.open().count() == 2 * rows
    calls = QueueEntry.objects.values_list("call", flat=True)
    assert [*calls] == [Call.TRUSTED] * rows
