"""Screening of stored texts: the engine's matches become flags."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from comments.models import Comment, Revision
from comments.services import name_language
from moderation.engine import Screening
from moderation.lexicon import current_engine
from moderation.likeness.grouping import store_prints
from moderation.likeness.languages import Language, certain_language
from moderation.models import Flag
from moderation.rules.match import Match

logger = logging.getLogger(__name__)

SCREENING_FAILED = gettext_noop("Analyse indisponible : à relire.")
"""The rules' note, stored in French, on a comment they could not screen."""
SCREENING_INCOMPLETE = gettext_noop("Analyse incomplète : à relire.")
"""How their note begins on a comment that some could not finish; their names follow."""

REPETITION = "repetition"
EARLIER_COUNT = 20  # comments of one author
EARLIER_DAYS = timedelta(days=30)


def screen_revision(revision: Revision, *, again: bool = False) -> Screening | None:
    """Run the rules over ``revision`` and store their matches as flags.

    Keeps its language and fingerprint too. ``again`` replaces the flags of an earlier screening. None if the screening itself
    failed: the comment must then be held (TRUST F12).
    """
    try:
        # A savepoint: a query that fails in here must not undo the reader's comment
        with transaction.atomic():
            engine = current_engine()
            earlier: list[str] = []
            if engine.runs(REPETITION):
                earlier = earlier_texts(revision.comment)
            screening = engine.screen(revision.text, earlier=earlier)
            if again:
                Flag.objects.filter(revision=revision).delete()
            _store_flags(revision, screening)
            store_prints([(revision, screening.languages)])
            # Arabic is named when a text is rendered: its letters tell
            if certain_language(revision.text) == Language.ENGLISH:
                name_language(revision.comment, Language.ENGLISH)
    except Exception:
        # Whatever is wrong with a rule or the lexicon, the reader's text is kept
        logger.exception("screening of revision %s failed", revision.pk)
        return None
    return screening


def earlier_texts(comment: Comment) -> list[str]:
    """What its author sent in the days before ``comment``, the latest first.

    Deleted comments do not count: one may delete a text to send it again, corrected.
    """
    since = comment.received_at - EARLIER_DAYS
    texts = (
        Comment.objects.filter(
            author=comment.author_id,
            received_at__gte=since,
            received_at__lte=comment.received_at,
            revision__isnull=False,
        )
        .exclude(pk=comment.pk)
        .exclude(status=Comment.Status.DELETED)
        .order_by("-received_at", "-pk")
        .values_list("revision__text", flat=True)
    )
    return list(texts[:EARLIER_COUNT])


def screening_note(screening: Screening | None) -> str:
    """What the rules' decision says of a screening that did not go to its end."""
    if screening is None:
        return SCREENING_FAILED
    if screening.incomplete:
        return f"{SCREENING_INCOMPLETE} ({', '.join(screening.incomplete)})"
    return ""


def is_unscreened(note: str) -> bool:
    """Whether the rules' ``note`` says that their screening did not go to its end."""
    return note == SCREENING_FAILED or note.startswith(SCREENING_INCOMPLETE)


def unfinished_rules(note: str) -> list[str]:
    """The names in the note of an incomplete screening; none in any other."""
    if not note.startswith(SCREENING_INCOMPLETE):
        return []
    return note.removeprefix(SCREENING_INCOMPLETE).strip(" ()").split(", ")


def flag_of(match: Match, **fields: Any) -> Flag:
    """``match`` as a flag, not stored; ``fields`` are those a match does not know."""
    return Flag(
        rule=match.rule,
        rule_version=match.rule_version,
        category=match.category.value,
        severity=match.severity.value,
        start=match.start,
        end=match.end,
        text=match.text,
        term=match.term,
        variant=match.variant,
        target=match.target.value,
        explanation=dict(match.explanation),
        **fields,
    )


def _store_flags(revision: Revision, screening: Screening) -> None:
    Flag.objects.bulk_create(
        flag_of(match, revision=revision) for match in screening.matches
    )
