"""Finds where the comments below an article begin."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsroom.importer.items import ends_with_time, is_furniture
from newsroom.importer.lines import Line, Stream
from newsroom.importer.text_form import bulleted
from newsroom.importer.wording import asks_for_all, thread_heading

_LONG_ENOUGH_FOR_AN_ARTICLE = 200  # code points


@dataclass(slots=True)
class Area:
    """What stands above the comments, their heading, and the lines that hold them."""

    above: list[Line]
    heading: Line | None = None
    declared: int | None = None
    lines: list[Line] = field(default_factory=list)


def find_area(stream: Stream, rest: list[Line]) -> Area:
    """Part the lines below the title where the comments begin.

    Above the full list a page may print its newest comment, as a teaser: what stands
    between the two headings is left out, whatever it says.
    """
    times = [n for n, line in enumerate(rest) if ends_with_time(line)]
    last = times[-1] if times else -1
    headings = [
        n for n, line in enumerate(rest) if _may_head(line, stream, timed=n < last)
    ]
    while len(headings) > 1 and _is_counter(rest, headings[0], headings[1]):
        del headings[0]
    if not headings:
        return Area(rest)
    first = headings[0]
    start = _list_start(stream, rest, headings, times)
    declared = _declared(rest[first])
    if start - 1 in headings and (again := _declared(rest[start - 1])) is not None:
        declared = again
    return Area(rest[:first], rest[first], declared, rest[start:])


def _list_start(
    stream: Stream, rest: Sequence[Line], headings: Sequence[int], times: Sequence[int]
) -> int:
    """Return where the full list begins, behind the newest comment if that is there.

    The second heading stands below « Tous les commentaires », or at least below a
    comment; what a comment says itself stands above its own time.
    """
    first, *others = headings
    timed = next((n for n in times if n > first), 0)
    below = [n for n in others if timed and n > timed]
    for place in below:
        if asks_for_all(rest[place - 1].text):
            return place + 1
    for place in below:
        before = rest[place - 1]
        alike = rest[place].container.tag == rest[first].container.tag
        counted = _declared(rest[place]) == _declared(rest[first])
        if alike and counted and (ends_with_time(before) or is_furniture(before)):
            return place + 1
    for place in range(timed + 1, times[-1]) if timed else ():
        if asks_for_all(rest[place].text) and _list_begins(stream, rest, place + 1):
            return place + 1
    return first + 1


def _may_head(line: Line, stream: Stream, *, timed: bool) -> bool:
    """Whether ``line`` may stand above comments; ``timed``: a time follows somewhere."""
    heading = thread_heading(line.text)
    if heading is None or (not stream.is_html and (line.indent or line.joined)):
        return False
    return timed or heading.declared is not None


def _declared(line: Line) -> int | None:
    heading = thread_heading(line.text)
    return heading.declared if heading else None


def _is_counter(rest: Sequence[Line], first: int, second: int) -> bool:
    """Whether the first heading is a mere number above the text of the article."""
    between = rest[first + 1 : second]
    length = sum(len(line.text) for line in between)
    return length > _LONG_ENOUGH_FOR_AN_ARTICLE and not any(
        map(ends_with_time, between)
    )


def _list_begins(stream: Stream, rest: Sequence[Line], place: int) -> bool:
    """Whether a list follows « Tous les commentaires » without a heading."""
    if stream.is_html:
        return rest[place - 1].only_links
    listed = bulleted(rest[place : place + 2], stream.root)[0].container
    return listed is not stream.root and not rest[place - 1].indent
