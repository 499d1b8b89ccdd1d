"""Keeps matches from cutting a character as readers see it (UAX #29) in two."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace

import regex

from moderation.rules.match import Match

_CLUSTER = regex.compile(r"\X")
# Quick: no letter or mark of French is here, but U+2019 and its neighbours are not either.
_BEYOND_FRENCH = re.compile("[\r\u00ad\u0300-\u200f\u2028-\u202e\u2060-\U0010ffff]")
_MAY_JOIN = regex.compile(
    r"[\p{M}\p{Cf}\p{EMod}\p{RI}\p{GCB=Prepend}\p{GCB=Extend}\p{GCB=SpacingMark}"
    r"\p{GCB=L}\p{GCB=V}\p{GCB=T}\r]"
)


def on_clusters(matches: Collection[Match], source: str) -> Iterator[Match]:
    """``matches``, each widened to whole grapheme clusters of ``source``."""
    if not matches or not _BEYOND_FRENCH.search(source) or not _MAY_JOIN.search(source):
        yield from matches
        return
    starts = [found.start() for found in _CLUSTER.finditer(source)]
    starts.append(len(source))
    for match in matches:
        start = starts[bisect_right(starts, match.start) - 1]
        end = starts[bisect_left(starts, match.end)]
        if (start, end) == (match.start, match.end):
            yield match
        else:
            yield replace(match, start=start, end=end, text=source[start:end])
