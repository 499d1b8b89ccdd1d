"""The active ranker, and the order it gives the moderators' queue.

It only orders: no comment is flagged, published or hidden for its score.
"""

import logging
from collections.abc import Collection, Iterator
from threading import Lock

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from comments.models import Comment, Revision
from moderation.models import QueueEntry, Ranker, RankerScore
from moderation.ranker.model import Model, load
from moderation.ranker_models import CERTAIN

logger = logging.getLogger(__name__)

UNSCORED = CERTAIN + 1
"""Where entries without a score stand: behind all others."""

_lock = Lock()
_loaded: tuple[str, Model] | None = None


class NoActiveRanker(LookupError):
    """No ranker is in service."""


def active_ranker() -> Ranker | None:
    """The ranker in service, without its weights. One small query."""
    return Ranker.objects.active().only("digest").first()


def model_of(ranker: Ranker) -> Model:
    """The model in ``ranker``, kept by this process. Raises UnreadableRanker."""
    global _loaded
    with _lock:
        if _loaded is None or _loaded[0] != ranker.digest:
            _loaded = ranker.digest, load(bytes(ranker.weights))
        return _loaded[1]


@transaction.atomic
def activate(ranker: Ranker) -> None:
    """Put ``ranker`` in service, and the other one out of it.

    What waits already gets its place from `score_waiting`. Raises UnreadableRanker.
    """
    # All rows, so that two editors at once wait for each other
    list(Ranker.objects.select_for_update().order_by("pk").values_list("pk"))
    model_of(ranker)
    Ranker.objects.active().exclude(pk=ranker.pk).update(active=False)
    Ranker.objects.filter(pk=ranker.pk).update(active=True)
    ranker.active = True


def deactivate(ranker: Ranker) -> None:
    Ranker.objects.filter(pk=ranker.pk).update(active=False)
    ranker.active = False


def place_in_queue(comments: Collection[Comment]) -> None:
    """Score ``comments``, which enter the queue, if a ranker is in service.

    Whatever goes wrong is logged and leaves no score: they then stand last.
    """
    ranker = active_ranker() if comments else None
    if ranker is None:
        return
    try:
        # A savepoint: a query that fails in here must not undo the reader's comment
        with transaction.atomic():
            _store_scores(comments, ranker)
    except Exception:
        # Damaged weights, no memory for them: an order is not worth a lost comment
        keys = ", ".join(str(comment.pk) for comment in comments)
        logger.exception("ranking of comment %s failed", keys)


def score_waiting() -> Iterator[tuple[int, bool]]:
    """Score what waits without a score of the active ranker; (comment key, done) each.

    Each in its own transaction. Raises NoActiveRanker or UnreadableRanker at once.
    """
    ranker = active_ranker()
    if ranker is None:
        raise NoActiveRanker
    model_of(ranker)
    missing = QueueEntry.objects.exclude(_scored_by(ranker)).order_by("pk")
    for key in list(missing.values_list("pk", flat=True)):
        yield key, _score_again(key, ranker)


def likely_hidden_first(
    queue: QuerySet[QueueEntry], ranker: Ranker
) -> QuerySet[QueueEntry]:
    """``queue`` in the order of ``ranker``; those without a score last, by wait.

    ``behind`` says how far from the top: 0 to UNSCORED, exact in a cursor.
    """
    behind = Case(
        When(_scored_by(ranker), then=CERTAIN - F("ranker_score__score")),
        default=Value(UNSCORED),
        output_field=IntegerField(),
    )
    return queue.annotate(behind=behind).order_by(
        "behind", "rank", "call", "waiting_since", "pk"
    )


def _scored_by(ranker: Ranker) -> Q:
    """Entries with a score of ``ranker`` for the text their comment has now."""
    return Q(
        ranker_score__ranker=ranker,
        ranker_score__revision=F("comment__revision"),
    )


@transaction.atomic
def _score_again(key: int, ranker: Ranker) -> bool:
    """Whether the comment still waited and now has a score."""
    entry = (
        QueueEntry.objects.select_for_update(of=("self",))
        .select_related("comment__revision")
        .filter(pk=key)
        .first()
    )
    if entry is None:
        return False
    _store_scores([entry.comment], ranker)
    return True


def _store_scores(comments: Collection[Comment], ranker: Ranker) -> None:
    model = model_of(ranker)
    texts = Revision.objects.in_bulk([c.revision_id for c in comments if c.revision_id])
    RankerScore.objects.bulk_create(
        [
            RankerScore(
                entry_id=revision.comment_id,
                revision=revision,
                ranker=ranker,
                score=round(model.score(revision.text) * CERTAIN),
            )
            for revision in texts.values()
        ],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["revision", "ranker", "score"],
    )
