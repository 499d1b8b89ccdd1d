"""Spans of a text that readers do not get to see, and the words in their place.

The stored text keeps every code point: only what is made of it for readers differs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import models
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from comments.texts import GRAPHEME

STORED_LANGUAGE = "fr"
"""The one that stored HTML speaks; `in_readers_words` gives readers their own."""
SIGN = "\ud800"
"""Stands for a masked span while HTML is made: half a pair, so no stored text has it."""


class MaskKind(models.TextChoices):
    PHONE = "phone", gettext_lazy("numéro de téléphone")
    EMAIL = "email", gettext_lazy("adresse électronique")
    ADDRESS = "address", gettext_lazy("adresse postale")
    IBAN = "iban", gettext_lazy("numéro de compte (IBAN)")
    OTHER = "other", gettext_lazy("autre détail personnel")


class Mask(NamedTuple):
    """A half-open span of a text, in code points, and what kind of detail it hides."""

    start: int
    end: int
    kind: str


Masks = Sequence[Mask]
"""As `settled` makes them: in order, apart from each other, never within a character."""


def settled(masks: Iterable[Mask], text: str) -> list[Mask]:
    """``masks`` widened to whole characters of ``text``, merged where they overlap.

    A character is what a reader sees as one (a grapheme cluster, UAX #29). What covers
    details of two kinds is of neither. Raises ValueError for a span that is empty or
    reaches beyond the text, or an unknown kind.
    """
    wanted = sorted(masks)
    if not wanted:
        return []
    edges = [found.start() for found in GRAPHEME.finditer(text)]
    edges.append(len(text))
    merged: list[Mask] = []
    for mask in wanted:
        if not 0 <= mask.start < mask.end <= len(text):
            raise ValueError(f"no such span in this text: {mask.start}-{mask.end}")
        start = edges[bisect_right(edges, mask.start) - 1]
        end = edges[bisect_left(edges, mask.end)]
        wide = Mask(start, end, MaskKind(mask.kind).value)
        if merged and wide.start < merged[-1].end:
            before = merged.pop()
            kind = wide.kind if wide.kind == before.kind else MaskKind.OTHER.value
            wide = Mask(before.start, max(before.end, wide.end), kind)
        merged.append(wide)
    return merged


def replacement(kind: str) -> str:
    """What readers see in the place of a detail of ``kind``, in the active language."""
    return {
        MaskKind.PHONE: _("[numéro de téléphone masqué par la rédaction]"),
        MaskKind.EMAIL: _("[adresse électronique masquée par la rédaction]"),
        MaskKind.ADDRESS: _("[adresse postale masquée par la rédaction]"),
        MaskKind.IBAN: _("[numéro de compte masqué par la rédaction]"),
        MaskKind.OTHER: _("[détail personnel masqué par la rédaction]"),
    }[MaskKind(kind)]


def masked_text(text: str, masks: Masks) -> str:
    """``text`` as readers may know it, in the active language: plain text."""
    return _with(text, masks, [replacement(mask.kind) for mask in masks])


def signed_text(text: str, masks: Masks) -> str:
    """``text`` with one SIGN for each of ``masks``."""
    return _with(text, masks, [SIGN] * len(masks))


def with_masks_shown(html: str, masks: Masks) -> str:
    """``html`` made of a `signed_text`, each SIGN become a visible replacement."""
    if not masks:
        return html
    parts = html.split(SIGN)
    with override(STORED_LANGUAGE):
        shown = [mask_html(mask.kind) for mask in masks]
    return "".join(
        part + after for part, after in zip(parts, [*shown, ""], strict=True)
    )


def mask_html(kind: str) -> str:
    """The replacement as markup, in the active language, which it names."""
    language = (get_language() or STORED_LANGUAGE)[:2]
    words = escape(replacement(kind))
    return f'<bdi class="masked masked-{kind}" lang="{language}">{words}</bdi>'


_SHOWN = re.compile(
    rf'<bdi class="masked masked-(\w+)" lang="{STORED_LANGUAGE}">[^<]*</bdi>'
)


def in_readers_words(html: str) -> str:
    """Stored ``html`` with its replacements in the active language."""
    language = (get_language() or STORED_LANGUAGE)[:2]
    if language == STORED_LANGUAGE or '<bdi class="masked' not in html:
        return html
    return _SHOWN.sub(lambda found: mask_html(found[1]), html)


def _with(text: str, masks: Masks, words: Sequence[str]) -> str:
    parts: list[str] = []
    end = 0
    for mask, instead in zip(masks, words, strict=True):
        parts += (text[end : mask.start], instead)
        end = mask.end
    return "".join((*parts, text[end:]))
