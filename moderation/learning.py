"""What moderators decided, as examples to learn from, and the rankers made of them."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from heapq import nlargest
from itertools import chain

from django.db.models import OuterRef, Subquery

from comments.models import Comment
from moderation.models import Action, Decision, Ranker
from moderation.ranker.model import save
from moderation.ranker.training import Example, Training
from moderation.reasons import ReasonCode
from moderation.suggested_scores import labelled_texts

MOST = 20_000
"""The newest judgements are enough: memory stays near 200 MB, and what people write, and
how it is judged, changes over the years."""

NOT_IN_THE_WORDS = (
    # About what stands around the text: the article, another comment, the author
    ReasonCode.HORS_SUJET,
    ReasonCode.DOUBLON,
    ReasonCode.SIGNATURE,
    ReasonCode.USURPATION,
    ReasonCode.COMPTES_MULTIPLES,
    ReasonCode.DROIT_AUTEUR,
    # About the moment or somebody else's will
    ReasonCode.ELECTORAL,
    ReasonCode.INNOCENCE,
    ReasonCode.ORDRE,
    # Comes in waves of like texts: one wave on both sides of the trial makes any
    # ranker look good, and its words drown all others
    ReasonCode.SPAM_MASSIF,
    ReasonCode.ARNAQUE,
    ReasonCode.PUBLICITE,
    # Would teach that a language is to be hidden, not what is said in it
    ReasonCode.LANGUE,
    # Anything
    ReasonCode.AUTRE,
)
"""Reasons that say nothing about the wording: the same words elsewhere would have been
published. Texts hidden for them are examples of neither side."""


def examples(since: datetime | None = None) -> Iterator[Example]:
    """Decisions here, and what client systems judged: the newest first, up to MOST."""
    received = (
        Example(text, bool(refused), when)
        for text, refused, when in labelled_texts()
        if since is None or when >= since
    )
    known = chain(decided_texts(since), received)
    yield from nlargest(MOST, known, key=lambda example: example.when)


def decided_texts(since: datetime | None = None) -> Iterator[Example]:
    """Texts that moderators hid or published, the newest decisions first, up to MOST.

    Of each text the last decision counts that was not undone; one that put it on hold
    is no judgement yet. What its author deleted is not learned from.
    """
    standing = Decision.objects.filter(
        moderator__isnull=False, undoes=None, undone_by=None
    )
    last = standing.filter(revision=OuterRef("revision")).order_by("-pk").values("pk")
    decisions = (
        standing.filter(pk=Subquery(last[:1]))
        .exclude(action=Action.HOLD)
        .exclude(reason__in=NOT_IN_THE_WORDS)
        .exclude(comment__status=Comment.Status.DELETED)
        .order_by("-created_at", "-pk")
    )
    if since is not None:
        decisions = decisions.filter(created_at__gte=since)
    rows = decisions.values_list("revision__text", "action", "created_at")
    for text, action, when in rows[:MOST].iterator():
        yield Example(text, action == Action.HIDE, when)


def store(training: Training) -> Ranker:
    """Keep what ``training`` learned, with its measures; not in service."""
    data = save(training.model)
    return Ranker.objects.create(
        decisions=training.used,
        share_hidden=training.share_hidden,
        tested=training.tested,
        base_rate=training.random.top,
        auc=training.ranker.auc,
        average_precision=training.ranker.average_precision,
        top_precision=training.ranker.top,
        flags_auc=training.flags.auc,
        flags_average_precision=training.flags.average_precision,
        flags_top_precision=training.flags.top,
        weights=data,
        digest=sha256(data).hexdigest(),
    )
