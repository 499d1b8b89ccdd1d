"""Comments that wait, and batches of decisions on them."""

from collections import Counter

from comments.models import Comment
from moderation.batches import start_batch
from moderation.filters import QueueFilters
from moderation.models import Action, Decision, DecisionBatch
from moderation.selections import Chosen, Seen, all_matching
from moderation.services import current_revision, decide, submit_comment
from tests.factories import ArticleFactory, ReaderFactory

RUDE, MILD = "Quel connard, ce ministre ({}).", "Je ne suis pas de cet avis ({})."


def waiting(count: int, text: str = RUDE) -> list[Comment]:
    """``count`` comments that wait, under two articles in turn."""
    articles = [ArticleFactory(comment_policy="a_priori") for _ in range(2)]
    return [
        submit_comment(
            article=articles[number % 2],
            author=ReaderFactory().commenter,
            text=text.format(number),
        )
        for number in range(count)
    ]


def seen(comment: Comment) -> Seen:
    latest = comment.decisions.first()
    revision = current_revision(comment).pk
    return Seen(comment.pk, latest.pk if latest else None, revision)


def chosen(comments: list[Comment]) -> Chosen:
    return Chosen(tuple(seen(comment) for comment in comments))


def batch_on_all(by, action: Action = Action.HIDE, **asked) -> DecisionBatch:
    reason = "injure" if action == Action.HIDE else ""
    selection = all_matching(QueueFilters(**asked))
    return start_batch(selection, action=action, by=by, reason=reason)


def decided_by(comment: Comment, by, action: Action = Action.PUBLISH) -> Decision:
    one = seen(Comment.objects.get(pk=comment.pk))
    return decide(
        comment,
        action=action,
        by=by,
        after=one.after,
        revision=one.revision,
        reason="cri" if action == Action.HIDE else "",
    )


def statuses(comments: list[Comment]) -> Counter[str]:
    keys = [comment.pk for comment in comments]
    found = Comment.objects.filter(pk__in=keys).values_list("status", flat=True)
    return Counter(found)


def counts(batch: DecisionBatch) -> tuple[str, int, int, int, int]:
    """(state, done, skipped, undone, kept), as stored."""
    batch.refresh_from_db()
    return batch.state, batch.done, batch.skipped, batch.undone, batch.kept
