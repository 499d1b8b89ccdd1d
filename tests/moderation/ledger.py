"""An independent recount: what is stored twice must agree (TRUST F26)."""

from collections import Counter

from articles.models import Article
from comments.models import Comment
from moderation.models import (
    Appeal,
    BatchItem,
    Decision,
    DecisionBatch,
    QueueEntry,
    StatementOfReasons,
)


def disagreements() -> list[str]:
    """What the ledger, the comments, the articles, the queue, the batches and the appeals
    disagree on; one line each."""
    return [
        *_of_comments(),
        *_of_articles(),
        *_of_queue(),
        *_of_batches(),
        *_of_statements(),
        *_of_appeals(),
    ]


def _of_comments() -> list[str]:
    last = dict(Decision.objects.order_by("pk").values_list("comment", "status_after"))
    texts = dict(Decision.objects.order_by("pk").values_list("comment", "revision"))
    there = Comment.objects.exclude(status=Comment.Status.DELETED)
    return [
        f"comment {pk} is {status}, decided {last[pk]}"
        for pk, status, text in there.values_list("pk", "status", "revision")
        if pk in last and last[pk] != status and texts[pk] == text
    ]


def _of_articles() -> list[str]:
    shown = Counter(
        Comment.objects.filter(status="published").values_list("article", flat=True)
    )
    return [
        f"article {pk} counts {count}, shows {shown[pk]}"
        for pk, count in Article.objects.values_list("pk", "comment_count")
        if count != shown[pk]
    ]


def _of_queue() -> list[str]:
    ranks = dict(QueueEntry.objects.values_list("comment", "rank"))
    decided = set(Decision.objects.values_list("comment", flat=True))
    allowed: dict[str, set[int | None]] = {
        "pending": {QueueEntry.Rank.PENDING},
        "published": {None, QueueEntry.Rank.FLAGGED},
        "hidden": {None},
        "deleted": {None, *QueueEntry.Rank},
    }
    return [
        f"comment {pk} is {status}, waits as {ranks.get(pk)}"
        for pk, status in Comment.objects.values_list("pk", "status")
        if pk in decided and ranks.get(pk) not in allowed[status]
    ]


def _of_statements() -> list[str]:
    hiding = Decision.objects.filter(status_after=Comment.Status.HIDDEN)
    stated = StatementOfReasons.objects.values_list("decision", flat=True)
    standing = StatementOfReasons.objects.standing().values_list("comment", flat=True)
    hidden = Comment.objects.filter(status=Comment.Status.HIDDEN)
    found = []
    if sorted(stated) != sorted(hiding.values_list("pk", flat=True)):
        found.append(f"{len(hiding)} decisions hide, {len(stated)} are stated")
    if sorted(standing) != sorted(hidden.values_list("pk", flat=True)):
        found.append(f"{len(hidden)} hidden comments, {len(standing)} statements")
    return found


def _of_appeals() -> list[str]:
    known = Appeal.objects.select_related("statement")
    return [
        f"appeal {a.pk} is {a.outcome or a.state}, its statement lifted by "
        f"{a.statement.lifted_by_id}"
        for a in known
        if (a.decision_id and a.decision_id != a.statement.lifted_by_id)
        or (a.state == Appeal.State.OPEN and a.statement.lifted_by_id is not None)
    ]


def _of_batches() -> list[str]:
    found = []
    for batch in DecisionBatch.objects.all():
        items = Counter(batch.items.values_list("outcome", flat=True))
        taken = batch.decisions.filter(undoes=None)
        undone = batch.decisions.exclude(undoes=None)
        facts = {
            "total": sum(items.values()),
            "done": items["done"] + items["undone"] + items["kept"],
            "skipped": sum(items[outcome] for outcome in BatchItem.SKIPPED),
            "undone": items["undone"],
            "kept": items["kept"],
        }
        found += [
            f"batch {batch.pk} counts {getattr(batch, name)} {name}, has {fact}"
            for name, fact in facts.items()
            if getattr(batch, name) != fact
        ]
        if (
            not taken.count()
            == taken.values("comment").distinct().count()
            == batch.done
        ):
            found.append(
                f"batch {batch.pk}: {taken.count()} decisions, {batch.done} done"
            )
        if undone.count() != batch.undone:
            found.append(f"batch {batch.pk}: {undone.count()} of {batch.undone} undone")
    return found
