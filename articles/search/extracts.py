"""A few words of a text around what a reader looked for."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.search.analysis import Query, hits

BEFORE = 80  # code points shown before the first hit, about a dozen words
LENGTH = 240  # code points in all, about forty words
SNAP = 30  # code points given up to begin or end on a whole word


class Segment(NamedTuple):
    """A piece of text, to escape as any other; ``hit`` if it is to be marked."""

    text: str
    hit: bool


def marked(text: str, query: Query) -> list[Segment]:
    """The whole of ``text`` in segments: joined again, they are ``text``."""
    return list(_segments(text, 0, len(text), hits(text, query)))


def extract(text: str, query: Query) -> list[Segment]:
    """About thirty words of ``text`` from shortly before its first hit, « … » where cut.

    The beginning of ``text`` if it holds no hit.
    """
    found = hits(text, query)
    first = found[0][0] if found else 0
    start = _snapped_start(text, max(0, first - BEFORE), first)
    end = _snapped_end(text, min(len(text), start + LENGTH))
    segments = list(_segments(text, start, end, found))
    if start > 0:
        segments.insert(0, Segment("… ", False))
    if end < len(text):
        segments.append(Segment(" …", False))
    return segments


def first_answering(texts: Sequence[str], query: Query) -> str:
    """The text of ``texts`` that answers best: the most different words of it."""
    best, score = "", -1
    for text in texts:
        seen = len({text[start:end].casefold() for start, end in hits(text, query)})
        if text and seen > score:
            best, score = text, seen
    return best


def _segments(
    text: str, start: int, end: int, found: Sequence[tuple[int, int]]
) -> Iterator[Segment]:
    at = start
    for hit_start, hit_end in found:
        if hit_start < at or hit_start >= end:
            continue
        if hit_start > at:
            yield Segment(text[at:hit_start], False)
        at = min(hit_end, end)
        yield Segment(text[hit_start:at], True)
    if at < end:
        yield Segment(text[at:end], False)


def _snapped_start(text: str, start: int, first: int) -> int:
    if start == 0:
        return 0
    for at in range(start, min(start + SNAP, first)):
        if text[at - 1].isspace():
            return at
    return _between_characters(text, start)


def _snapped_end(text: str, end: int) -> int:
    if end == len(text):
        return end
    for at in range(end, max(end - SNAP, 0), -1):
        if text[at].isspace():
            return at
    return _between_characters(text, end)


def _between_characters(text: str, at: int) -> int:
    """``at``, or the place before it that does not part a letter from its accent."""
    while 0 < at < len(text) and unicodedata.category(text[at])[0] == "M":
        at -= 1
    return at
