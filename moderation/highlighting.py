"""A text cut at the edges of its flags, and the same as HTML with the pieces marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from comments.masking import Mask, mask_html
from moderation.models import Flag
from moderation.rules.match import Severity


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text and the flags that cover all of it, perhaps none."""

    text: str
    flags: tuple[Flag, ...]
    end: int


def segments(
    text: str, flags: Iterable[Flag], masks: Iterable[Mask] = ()
) -> list[Segment]:
    """Cut ``text`` where flags or masks begin or end; joined again, the pieces equal it.

    Overlapping flags share pieces: each piece names every flag that covers it. A flag
    that reaches beyond the text is left out.
    """
    size = len(text)
    kept = [f for f in flags if f.start < f.end <= size]
    spans: list[Flag | Mask] = [*kept, *masks]
    edges = sorted({0, size} | {s.start for s in spans} | {s.end for s in spans})
    return [
        Segment(
            text[start:end],
            tuple(f for f in kept if f.start <= start and end <= f.end),
            end,
        )
        for start, end in pairwise(edges)
    ]


def marked_html(
    text: str, flags: Sequence[Flag], masks: Sequence[Mask] = ()
) -> SafeString:
    """``text`` escaped, its flagged pieces in ``<mark>``, ``masks`` as readers see them.

    The text nodes joined equal ``text`` (TRUST S-02), but in the place of a mask, which
    stands in an element of the class ``masked`` with its ``data-length`` in code points.
    ``data-flags`` holds the keys of the flags on a piece, ``data-numbers`` the places in
    ``flags``, from 1, of those that end there: the style sheet prints them behind the
    words.
    """
    numbers = {flag: number for number, flag in enumerate(flags, start=1)}
    parts: list[str] = []
    for piece in segments(text, flags, masks):
        start = piece.end - len(piece.text)
        mask = next((m for m in masks if m.start <= start < m.end), None)
        if mask is not None:
            if mask.start == start:
                length = mask.end - mask.start
                parts.append(
                    mask_html(mask.kind).replace(">", f' data-length="{length}">', 1)
                )
            continue
        # HTML would read a carriage return as a line feed
        shown = escape(piece.text).replace("\r", "&#13;")
        if not piece.flags:
            parts.append(shown)
            continue
        worst = max((Severity(flag.severity) for flag in piece.flags), key=_rank)
        keys = " ".join(str(flag.pk) for flag in piece.flags)
        ending = [str(numbers[f]) for f in piece.flags if f.end == piece.end]
        ends = f' data-numbers="{",".join(ending)}"' if ending else ""
        parts.append(f'<mark class="{worst}" data-flags="{keys}"{ends}>{shown}</mark>')
    # The reader's text was escaped piece by piece above; the rest is ours
    return mark_safe("".join(parts))  # noqa: S308


def _rank(severity: Severity) -> int:
    return severity.rank
