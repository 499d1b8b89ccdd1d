"""Texts that moderators hid and that come back (TRUST L-32): they wait, once more."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from comments.models import Comment
from moderation.likeness.fingerprint import LONG, letters_of
from moderation.likeness.models import Repost, TextPrint
from moderation.models import Action, Decision

REPOST_NOTE = gettext_noop("Même texte qu’un commentaire masqué auparavant.")
"""The rules' note, stored in French, on a comment that waits for it."""
WITHIN = timedelta(days=396)
"""Thirteen months: how long a hidden text is remembered."""
TOO_SHORT = 12
"""Letters below which a text that comes back says nothing."""
COPIES = 500
"""The latest copies of a text that are looked through for a hidden one."""


def note_repost(comment: Comment) -> Repost | None:
    """Note that a new ``comment`` says what a moderator hid; None if it does not.

    Whatever the reason was and wherever it was written, within thirteen months, while
    the former comment is hidden; a short text only from the same author: « N’importe
    quoi ! » is often said. The decision is shown to whoever decides. One query, on the
    index of fingerprints; none for the shortest texts.
    """
    text_print = TextPrint.objects.filter(revision=comment.revision_id).first()
    if text_print is None or text_print.exact is None or comment.revision is None:
        return None
    letters = len(letters_of(comment.revision.text))
    if letters < TOO_SHORT:
        return None
    copies = TextPrint.objects.filter(
        exact=text_print.exact, revision__lt=comment.revision_id
    )
    hidden = Decision.objects.filter(
        revision__in=copies.order_by("-revision").values("revision")[:COPIES],
        action=Action.HIDE,
        moderator__isnull=False,
        created_at__gte=timezone.now() - WITHIN,
        comment__status=Comment.Status.HIDDEN,
        comment__revision=F("revision"),
    )
    if letters < LONG:
        hidden = hidden.filter(comment__author=comment.author_id)
    decision = hidden.order_by("-pk").first()
    if decision is None:
        return None
    return Repost.objects.create(comment=comment, decision=decision)
