"""Screening of stored texts: the engine's matches become flags."""

import logging

from django.db import transaction
from django.utils.translation import gettext_noop

from comments.models import Revision
from moderation.engine import Screening
from moderation.lexicon import current_engine
from moderation.models import Flag

logger = logging.getLogger(__name__)

SCREENING_FAILED = gettext_noop("Analyse indisponible : à relire.")
"""The rules' note, stored in French, on a comment they could not screen."""


def screen_revision(revision: Revision) -> Screening | None:
    """Run the rules over ``revision`` and store their matches as flags.

    None if the screening itself failed: the comment must then be held (TRUST F12).
    """
    try:
        # A savepoint: a query that fails in here must not undo the reader's comment
        with transaction.atomic():
            screening = current_engine().screen(revision.text)
            _store_flags(revision, screening)
    except Exception:
        # Whatever is wrong with a rule or the lexicon, the reader's text is kept
        logger.exception("screening of revision %s failed", revision.pk)
        return None
    return screening


def _store_flags(revision: Revision, screening: Screening) -> None:
    Flag.objects.bulk_create(
        Flag(
            revision=revision,
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
        )
        for match in screening.matches
    )
