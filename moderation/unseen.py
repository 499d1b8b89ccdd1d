"""Signs in a text that nobody can see: zero-width, directions, controls, odd spaces."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from comments.masking import Mask
from moderation.rules.confusables import IGNORED

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_USUAL_SPACES = frozenset(" \u00a0\u202f\n\r\t")
# Quick: letters and marks of French, all to be seen. Most texts hold nothing else.
_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u202f\u2030-\u205e\u20ac\n\r\t]*"
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # of an emoji's look


def with_unseen_shown(text: str, masks: Iterable[Mask] = ()) -> SafeString:
    """``text`` escaped, each sign that nobody can see replaced by its code point.

    What ``masks`` keep from readers is marked as such.
    """
    parts: list[SafeString] = []
    end = 0
    for mask in masks:
        original = _with_signs(text[mask.start : mask.end])
        parts += (
            _with_signs(text[end : mask.start]),
            format_html('<mark class="original">{}</mark>', original),
        )
        end = mask.end
    parts.append(_with_signs(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308  # each part was escaped


def _with_signs(text: str) -> SafeString:
    if _PLAIN.fullmatch(text):
        return escape(text)
    parts = [
        format_html('<span class="unseen">{}</span>', _code(sign))
        if _is_unseen(sign)
        else escape(sign)
        for sign in text
    ]
    return mark_safe("".join(parts))  # noqa: S308  # each part was escaped above


def unseen_in(text: str) -> list[tuple[str, str, int]]:
    """(code point, its name in English, how many) of each sign that nobody can see."""
    if _PLAIN.fullmatch(text):
        return []
    counted = Counter(sign for sign in text if _is_unseen(sign))
    return [
        (_code(sign), unicodedata.name(sign, "").lower(), count)
        for sign, count in sorted(counted.items())
    ]


def _is_unseen(sign: str) -> bool:
    if sign in _USUAL_SPACES:
        return False
    category = unicodedata.category(sign)
    return (
        category in _UNSEEN
        or category == "Zs"
        or sign in IGNORED
        or any(ord(sign) in selectors for selectors in _SELECTORS)
    )


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
