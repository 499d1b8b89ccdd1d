"""Coral's external moderation phase: it sends each comment, signed, before storing it.

https://docs.coralproject.net/external-moderation-phases
"""

import logging
import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from moderation.engine import Screening
from moderation.html_text import HtmlText
from moderation.lexicon import current_engine
from moderation.policy import Action
from moderation.rules.match import Category
from newsroom.doors.callers import OverQuota, caller_by_signature
from newsroom.doors.envelope import Refusal, door, json_object

logger = logging.getLogger(__name__)

REASONS = {
    Category.SHOUTING: "COMMENT_DETECTED_TOXIC",
    Category.PUNCTUATION: "COMMENT_DETECTED_TOXIC",
    Category.INSULT: "COMMENT_DETECTED_TOXIC",
    Category.EPITHET: "COMMENT_DETECTED_TOXIC",
    Category.THREAT: "COMMENT_DETECTED_TOXIC",
    Category.CONTACT: "COMMENT_DETECTED_SPAM",
    Category.LINK: "COMMENT_DETECTED_SPAM",
    Category.REPETITION: "COMMENT_DETECTED_SPAM",
}
"""The two that Coral takes; what is neither waits without one."""
MAX_HTML = 200_000  # characters read of one comment; longer ones wait
NO_WORDS = Screening((), Action.PUBLISH)
"""A picture alone has nothing for the rules to judge."""
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


@door
def moderate(request: HttpRequest, prefix: str) -> HttpResponse:
    """204 if nothing holds the comment, else what Coral is to do with it.

    Coral lets a comment pass when this door fails: what can be screened somehow is.
    """
    try:
        caller_by_signature(request, prefix)
    except OverQuota:
        # A refusal would let through all that a flood brings after the first ones
        return _held(None)
    comment = json_object(request).get("comment")
    body = comment.get("body") if isinstance(comment, dict) else None
    if not isinstance(comment, dict) or not isinstance(body, str | None):
        raise Refusal(400, _("Valeur absente ou inattendue : « %s ».") % "comment.body")
    sent = _UNREADABLE.sub("\ufffd", body or "")
    text = HtmlText(sent[:MAX_HTML]).text
    screening = _screened(text) if text.strip() else NO_WORDS
    whole = len(sent) <= MAX_HTML
    if whole and screening is not None and screening.action is Action.PUBLISH:
        return HttpResponse(status=204)
    return _held(screening)


def _screened(text: str) -> Screening | None:
    """None if the screening itself failed: the comment must then be held (TRUST F12)."""
    try:
        return current_engine().screen(text)
    except Exception:
        # Whatever is wrong with a rule, an error would let the comment pass
        logger.exception("screening for Coral failed")
        return None


def _held(screening: Screening | None) -> JsonResponse:
    return JsonResponse({"actions": _actions(screening), "status": "PREMOD"})


def _actions(screening: Screening | None) -> list[dict[str, Any]]:
    matches = screening.matches if screening else ()
    reasons = dict.fromkeys(REASONS.get(match.category) for match in matches)
    return [{"actionType": "FLAG", "reason": reason} for reason in reasons if reason]
