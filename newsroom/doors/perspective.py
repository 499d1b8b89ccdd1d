"""Perspective's two methods, answered by this newspaper's rules."""

from itertools import accumulate
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from moderation.lexicon import current_engine
from moderation.scores import Score, SpanScore, score
from moderation.suggested_scores import keep_suggestion
from newsroom.doors.callers import caller_by_key
from newsroom.doors.envelope import door, json_object
from newsroom.doors.perspective_input import (
    AnalyzeRequest,
    SentText,
    primary,
    read_analyze,
    read_suggestion,
)


@door
def analyze(request: HttpRequest) -> HttpResponse:
    """Score a text. Nothing of it is stored."""
    caller_by_key(request)
    asked = read_analyze(json_object(request))
    lang = primary(asked.languages[0]) if asked.languages else "fr"
    screening = current_engine().screen(asked.comment.text, lang=lang)
    scores = {attribute: score(screening, attribute) for attribute in asked.thresholds}
    detected = list(screening.languages)
    answer: dict[str, Any] = {
        "attributeScores": {
            attribute.value: _attribute_score(found, asked)
            for attribute, found in scores.items()
            if found.value >= asked.thresholds[attribute]
        },
        "languages": list(asked.languages) or detected[:1] or [lang],
        "detectedLanguages": detected,
    }
    if asked.client_token is not None:
        answer["clientToken"] = asked.client_token
    if screening.incomplete:
        answer["incomplete"] = list(screening.incomplete)
    return JsonResponse(answer)


@door
def suggest_score(request: HttpRequest) -> HttpResponse:
    """Keep what the caller's moderators thought of a text, unless it asks not to."""
    client = caller_by_key(request)
    suggested = read_suggestion(json_object(request))
    if not suggested.do_not_store:
        keep_suggestion(
            client=client,
            text=suggested.comment.text,
            values=suggested.values,
            client_token=suggested.client_token or "",
            community_id=suggested.community_id,
        )
    answer: dict[str, Any] = {"requestedLanguages": list(suggested.languages)}
    if suggested.client_token is not None:
        answer["clientToken"] = suggested.client_token
    return JsonResponse(answer)


def _attribute_score(found: Score, asked: AnalyzeRequest) -> dict[str, Any]:
    """Match by match with `spanAnnotations`, else one span: the whole text."""
    comment = asked.comment
    if asked.span_annotations:
        spans = [_in_source(span, comment) for span in found.spans]
    else:
        spans = [SpanScore(0, len(comment.sent), found.value)]
    places = _utf16_places(comment.sent)
    return {
        "spanScores": [
            {
                "begin": places[span.start],
                "end": places[span.end],
                "score": _value(span.value),
            }
            for span in spans
        ],
        "summaryScore": _value(found.value),
    }


def _value(value: float) -> dict[str, Any]:
    return {"value": value, "type": "PROBABILITY"}  # the one type clients know


def _in_source(span: SpanScore, comment: SentText) -> SpanScore:
    return SpanScore(*comment.source_span(span.start, span.end), span.value)


def _utf16_places(text: str) -> list[int]:
    """Where each code point of ``text``, and its end, stands in UTF-16 code units."""
    return list(accumulate((1 + (c > "\uffff") for c in text), initial=0))
