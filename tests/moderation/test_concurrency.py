"""Several moderators and readers at once, on real connections."""

from collections import Counter
from time import sleep

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction

from articles.models import Article
from comments.models import Comment, Revision
from comments.services import add_revision
from moderation.batches import run_chunk, start_batch
from moderation.changes import keep
from moderation.errors import AlreadyDecided, NothingToReport
from moderation.models import (
    Action,
    Decision,
    DecisionBatch,
    LexiconChange,
    QueueEntry,
    Report,
    StatementOfReasons,
    Term,
)
from moderation.selections import Chosen, Seen
from moderation.services import decide, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.ledger import disagreements
from tests.moderation.rounds import ROUNDS

pytestmark = pytest.mark.usefixtures("transactional_db")


def outcomes(results):
    return Counter(type(result) for result in results)


def shown(article):
    return article.comments.published().count()


def test_fifty_decisions_on_one_comment(at_once):
    moderators = [ModeratorFactory() for _ in range(5)]
    for _ in range(ROUNDS):
        comment = CommentFactory()
        QueueEntry.objects.create(
            comment=comment,
            rank=QueueEntry.Rank.PENDING,
            waiting_since=comment.received_at,
        )
        results = at_once([decision_on(comment, n, moderators) for n in range(50)])
        assert outcomes(results) == {Decision: 1, AlreadyDecided: 49}
        won = next(r for r in results if isinstance(r, Decision))
        taken = Decision.objects.filter(comment=comment)
        assert list(taken.values_list("pk", flat=True)) == [won.pk]
        assert all(r.latest == won for r in results if isinstance(r, AlreadyDecided))
        comment.refresh_from_db()
        assert comment.status == won.status_after
        assert not QueueEntry.objects.exists()
        comment.article.refresh_from_db()
        assert comment.article.comment_count == shown(comment.article)
    assert disagreements() == []


def decision_on(comment, number, moderators):
    return lambda: decide(
        Comment.objects.get(pk=comment.pk),
        action=Action.PUBLISH if number % 2 else Action.HIDE,
        by=moderators[number % 5],
        after=None,
        revision=comment.revision_id,
        reason="injure",
    )


@pytest.mark.parametrize("batches", [1, 3])
def test_batches_and_moderators_on_the_same_comments(at_once, batches):
    """Each comment is decided once, whoever is faster, and nobody deadlocks."""
    article = ArticleFactory(comment_policy="a_priori")
    comments = [
        submit_comment(
            article=article, author=ReaderFactory().commenter, text=f"Avis {n}."
        )
        for n in range(30)
    ]
    seen = [Seen(c.pk, c.decisions.get().pk, c.revision_id) for c in comments]
    moderators = [ModeratorFactory() for _ in range(10)]

    def batch(number):
        def call():
            # Each in an order of its own
            chosen = Chosen(tuple(seen[number * 7 :] + seen[: number * 7]))
            by = moderators[number]
            started = start_batch(chosen, action=Action.PUBLISH, by=by)
            while started.unfinished:
                started = run_chunk(started, size=5)
            return started

        return call

    def alone(number):
        one = seen[number * 3]
        return lambda: decide(
            comments[number * 3],
            action=Action.HIDE,
            by=moderators[number],
            after=one.after,
            revision=one.revision,
            reason="injure",
        )

    results = at_once(
        [batch(n) for n in range(batches)] + [alone(n) for n in range(10)]
    )
    assert set(outcomes(results)) <= {DecisionBatch, Decision, AlreadyDecided}
    taken = Decision.objects.filter(moderator__isnull=False)
    assert taken.count() == taken.values("comment").distinct().count() == 30
    assert disagreements() == []


def test_approved_is_what_was_displayed_while_authors_edit(at_once):
    """An edit that wins makes the approval fail; one that loses waits for another."""
    moderator = ModeratorFactory()
    for _ in range(ROUNDS * 5):
        comment = CommentFactory(text="Vu.")
        seen = comment.revision_id

        def approve(comment=comment, seen=seen):
            return decide(
                Comment.objects.get(pk=comment.pk),
                action=Action.PUBLISH,
                by=moderator,
                after=None,
                revision=seen,
            )

        def edit(comment=comment):
            return add_revision(Comment.objects.get(pk=comment.pk), "Jamais vu.")

        approved, edited = at_once([approve, edit])
        assert isinstance(edited, Revision)
        comment.refresh_from_db()
        assert comment.revision_id == edited.pk
        # In either order, readers do not see the text that nobody approved
        assert comment.status == Comment.Status.PENDING
        if isinstance(approved, Decision):
            assert approved.revision_id == seen
        else:
            assert isinstance(approved, AlreadyDecided)
            assert not comment.decisions.exists()


def test_one_undo_among_many(at_once):
    comment = CommentFactory()
    decision = decide(
        comment,
        action=Action.PUBLISH,
        by=ModeratorFactory(),
        after=None,
        revision=comment.revision_id,
    )
    moderator = ModeratorFactory()
    results = at_once(
        [lambda: undo(Decision.objects.get(pk=decision.pk), by=moderator)] * 10
    )
    assert outcomes(results) == {Decision: 1, AlreadyDecided: 9}
    assert Decision.objects.count() == 2
    article = Article.objects.get()
    assert article.comment_count == shown(article) == 0


def test_reasons_changed_at_once_leave_one_statement(at_once):
    comment = CommentFactory()
    moderators = [ModeratorFactory() for _ in range(5)]
    reasons = ["injure", "haine", "cri", "lien", "langue"]
    for rounds in range(1, 4):
        comment.refresh_from_db()
        last = comment.decisions.first()

        def hiding(number, after):
            return lambda: decide(
                Comment.objects.get(pk=comment.pk),
                action=Action.HIDE,
                by=moderators[number],
                after=after,
                revision=comment.revision_id,
                reason=reasons[number],
            )

        after = last.pk if last else None
        results = at_once([hiding(number, after) for number in range(5)])
        assert outcomes(results) == {Decision: 1, AlreadyDecided: 4}
        assert StatementOfReasons.objects.count() == rounds
        standing = StatementOfReasons.objects.standing().get()
        assert standing.decision == comment.decisions.first()


def test_counters_after_a_busy_moment(at_once):
    article = ArticleFactory(comment_policy="a_posteriori")
    comments = [CommentFactory(article=article, published=True) for _ in range(8)]
    moderator = ModeratorFactory()
    readers = [ReaderFactory().commenter for _ in range(8)]

    def hiding(comment):
        return lambda: decide(
            comment,
            action=Action.HIDE,
            by=moderator,
            after=None,
            revision=comment.revision_id,
            reason="hors_sujet",
        )

    def answering(reader, parent):
        return lambda: submit_comment(
            article=Article.objects.get(pk=article.pk),
            author=reader,
            text=f"Réponse de {reader.pk}",
            parent=Comment.objects.get(pk=parent.pk),
        )

    results = at_once(
        [hiding(c) for c in comments]
        + [answering(r, c) for r, c in zip(readers, comments, strict=True)]
    )
    assert outcomes(results) == {Decision: 8, Comment: 8}
    article.refresh_from_db()
    assert article.comment_count == shown(article) == 8


@pytest.mark.postgresql  # SQLite has one writer at a time: nothing to interleave
def test_reply_is_posted_while_its_parent_is_being_decided(at_once):
    """A lock on the parent's whole row would stop the reply, or deadlock with it."""
    article = ArticleFactory(comment_policy="a_priori")
    parent = CommentFactory(article=article)
    reader = ReaderFactory().commenter

    def reply():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        return submit_comment(
            article=Article.objects.get(pk=article.pk),
            author=reader,
            text="Réponse",
            parent=Comment.objects.get(pk=parent.pk),
        )

    with transaction.atomic():
        decide(
            parent,
            action=Action.PUBLISH,
            by=ModeratorFactory(),
            after=None,
            revision=parent.revision_id,
        )
        (result,) = at_once([reply])
    assert isinstance(result, Comment), result
    assert result.parent_id == parent.pk


def test_editors_of_the_same_terms_wait_for_each_other(at_once):
    """Each changes several terms in a transaction, in an order of their own."""
    keys = [Term.objects.create(text=f"zut{n}", kind="insult").pk for n in range(4)]

    def change(order, note):
        def call():
            with transaction.atomic():
                for key in order:
                    term = Term.objects.get(pk=key)
                    term.note = note
                    assert keep(term, by=None)
                    sleep(0.02)

        return call

    orders = (keys, keys[::-1], keys[2:], keys[1::-1])
    changes = [change(order, f"vu {n}") for n, order in enumerate(orders)]
    assert at_once(changes) == [None] * 4
    assert LexiconChange.objects.count() == sum(map(len, orders))


def test_one_report_of_one_person_sent_many_times(at_once):
    comment = CommentFactory(published=True)

    def call():
        return ReportFactory(
            comment=Comment.objects.get(pk=comment.pk), email="rita@journal.example"
        )

    results = at_once([call] * 10)
    assert outcomes(results) == {Report: 10}
    assert len({report.pk for report in results}) == Report.objects.count() == 1
    assert len(mail.outbox) == 1


def test_no_report_stays_open_on_what_is_being_hidden(at_once):
    """TRUST L-08: each came before the decision, which answers it, or after."""
    comment = CommentFactory(published=True)
    moderator = ModeratorFactory()

    def report():
        return ReportFactory(comment=Comment.objects.get(pk=comment.pk))

    def hide():
        return decide(
            Comment.objects.get(pk=comment.pk),
            action=Action.HIDE,
            by=moderator,
            after=None,
            revision=comment.revision_id,
            reason="injure",
        )

    results = at_once([report] * 6 + [hide] + [report] * 6)
    kinds = outcomes(results)
    assert kinds[Decision] == 1
    assert kinds[Report] + kinds[NothingToReport] == 12
    assert Report.objects.answered().count() == kinds[Report]
    assert not Report.objects.open().exists()
    assert not QueueEntry.objects.exists()
    call_command("send_notices")  # what two senders at once left to each other
    assert not Report.objects.due().exists()
    assert len(mail.outbox) == 2 * kinds[Report]
