"""What callers of the Perspective API send, checked: nothing is coerced (TRUST S-10).

Unknown keys are ignored. https://developers.perspectiveapi.com/s/about-the-api-methods
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from moderation.html_text import HtmlText
from moderation.scores import Attribute
from newsroom.api.serializers.screening import MAX_BYTES
from newsroom.doors.envelope import Refusal

MAX_LABEL = 200  # characters of clientToken, communityId, sessionId
LANGUAGES = ("fr", "en", "ar")
"""Those of the lexicons. Asked for another, a score would claim to know it."""
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)

SourceSpan = Callable[[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SentText:
    """``text`` is to be screened; ``source_span`` leads back to ``sent``."""

    sent: str
    text: str
    source_span: SourceSpan


@dataclass(frozen=True, slots=True)
class AnalyzeRequest:
    """``thresholds``: {attribute: lowest score to answer}."""

    comment: SentText
    thresholds: Mapping[Attribute, float]
    languages: tuple[str, ...]
    span_annotations: bool
    client_token: str | None


@dataclass(frozen=True, slots=True)
class SuggestRequest:
    comment: SentText
    values: Mapping[Attribute, int]
    languages: tuple[str, ...]
    do_not_store: bool
    client_token: str | None
    community_id: str


def read_analyze(data: Mapping[str, Any]) -> AnalyzeRequest:
    """Raises Refusal. `doNotStore`, `context`, `sessionId` and `communityId` are checked
    and change nothing: no text is stored here, and each is read by itself."""
    asked = _value(data, "requestedAttributes", dict)
    if not asked:
        raise _invalid("requestedAttributes")
    thresholds = {_attribute(name): _threshold(name, v) for name, v in asked.items()}
    _common(data)
    return AnalyzeRequest(
        comment=_comment(data),
        thresholds=thresholds,
        languages=_languages(data),
        span_annotations=_value(data, "spanAnnotations", bool) or False,
        client_token=_label(data, "clientToken"),
    )


def read_suggestion(data: Mapping[str, Any]) -> SuggestRequest:
    """Raises Refusal."""
    given = _value(data, "attributeScores", dict)
    if not given:
        raise _invalid("attributeScores")
    values = {_attribute(name): _judgement(name, v) for name, v in given.items()}
    return SuggestRequest(
        comment=_comment(data),
        values=values,
        languages=_languages(data),
        do_not_store=_common(data),
        client_token=_label(data, "clientToken"),
        community_id=_label(data, "communityId") or "",
    )


def _common(data: Mapping[str, Any]) -> bool:
    """Check what both methods take; return `doNotStore`."""
    _value(data, "context", dict)
    _label(data, "sessionId")
    _label(data, "communityId")
    return _value(data, "doNotStore", bool) or False


def _comment(data: Mapping[str, Any]) -> SentText:
    comment = _value(data, "comment", dict) or {}
    sent = _value(comment, "text", str, "comment.text") or ""
    kind = _value(comment, "type", str, "comment.type") or "PLAIN_TEXT"
    if kind not in ("PLAIN_TEXT", "HTML", "TEXT_TYPE_UNSPECIFIED"):
        raise _invalid("comment.type")
    _storable(sent, "comment.text")
    if len(sent.encode()) > MAX_BYTES:
        message = _("« comment.text » dépasse %(limit)d octets.")
        raise Refusal(
            400, message % {"limit": MAX_BYTES}, error_type="COMMENT_TOO_LONG"
        )
    if kind == "HTML":
        html = HtmlText(sent)
        comment_text = SentText(sent, html.text, html.source_span)
    else:
        comment_text = SentText(sent, sent, lambda start, end: (start, end))
    if not comment_text.text.strip():
        message = _("« comment.text » est vide.")
        raise Refusal(400, message, error_type="COMMENT_EMPTY")
    return comment_text


def _languages(data: Mapping[str, Any]) -> tuple[str, ...]:
    """As sent; each must be a tag of a language that the lexicons know."""
    tags = tuple(_value(data, "languages", list) or ())
    for tag in tags:
        if not isinstance(tag, str) or not _LANGUAGE_TAG.fullmatch(tag):
            raise _invalid("languages")
        if primary(tag) not in LANGUAGES:
            message = _("Langue inconnue des règles : %(tag)s.") % {"tag": tag[:20]}
            error_type = "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
            raise Refusal(400, message, error_type=error_type)
    return tags


def primary(tag: str) -> str:
    """`fr` of `fr-CA`."""
    return tag.partition("-")[0].lower()


def _attribute(name: str) -> Attribute:
    try:
        return Attribute(name)
    except ValueError:
        known = ", ".join(Attribute)
        message = _("Attribut inconnu : %(name)s. Connus : %(known)s.")
        raise Refusal(400, message % {"name": name[:50], "known": known}) from None


def _threshold(name: str, given: Any) -> float:
    """Of `{"scoreType": "PROBABILITY", "scoreThreshold": 0.5}`, both optional."""
    where = f"requestedAttributes.{name}"
    if given is None:
        return 0.0
    if not isinstance(given, dict):
        raise _invalid(where)
    if given.get("scoreType") not in (None, "PROBABILITY", "SCORE_TYPE_UNSPECIFIED"):
        raise _invalid(f"{where}.scoreType")
    lowest = given.get("scoreThreshold")
    return 0.0 if lowest is None else _number(lowest, f"{where}.scoreThreshold")


def _judgement(name: str, given: Any) -> int:
    where = f"attributeScores.{name}.summaryScore"
    if not isinstance(given, dict):
        raise _invalid(where)
    summary = _value(given, "summaryScore", dict, where) or {}
    value = _number(summary.get("value"), f"{where}.value")
    if value not in (0, 1):
        raise _invalid(f"{where}.value")
    return int(value)


def _number(value: Any, where: str) -> float:
    # `type`, not `isinstance`: true is an int for Python
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise _invalid(where)
    return float(value)


def _label(data: Mapping[str, Any], name: str) -> str | None:
    label: str | None = _value(data, name, str)
    if label is not None:
        _storable(label, name)
        if len(label) > MAX_LABEL:
            raise _invalid(name)
    return label


def _storable(text: str, where: str) -> None:
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        message = _("« %(field)s » contient des caractères invalides.")
        raise Refusal(400, message % {"field": where})


def _value(data: Mapping[str, Any], name: str, kind: type, where: str = "") -> Any:
    """``data[name]``, None if it is absent or null. Raises Refusal for another type."""
    value = data.get(name)
    if value is not None and type(value) is not kind:
        raise _invalid(where or name)
    return value


def _invalid(where: str) -> Refusal:
    return Refusal(400, _("Valeur absente ou inattendue : « %s ».") % where[:100])
