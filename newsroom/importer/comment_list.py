"""Parts the lines of a list of comments: where each begins and ends."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from newsroom.importer.errors import PageError
from newsroom.importer.items import (
    NO_TIME,
    Item,
    Order,
    common_order,
    ends_with_time,
    is_furniture,
    may_be_item,
    read_item,
    refused,
)
from newsroom.importer.lines import Container, Line, Stream
from newsroom.importer.text_form import bulleted
from newsroom.importer.thread import Area
from newsroom.importer.wording import is_interface

_MOST_LEVELS = 20  # of elements between a list of comments and its heading
_ONE_EACH = frozenset(("item", "li", "article"))
"""Elements that hold one comment each, where they hold any."""


@dataclass(frozen=True, slots=True)
class Found:
    """A comment, and the place in the list of the one in which it stands, if any."""

    item: Item
    parent: int | None = None


@dataclass(slots=True)
class Level:
    """One way in which elements part the lines; ``refused`` parts are no comments."""

    found: list[Found]
    refused: list[tuple[Sequence[Line], PageError]]
    parts: int
    one_each: bool


def read_list(stream: Stream, area: Area) -> list[Found]:
    """Read the comments in the order printed.

    They are parted by the elements, or bullets, that hold them; where none do, by the
    times that end them, or that follow their authors. Raises PageError, naming the
    line, for a comment without time, author or text.
    """
    if area.heading is None:
        return []
    lines = area.lines if stream.is_html else bulleted(area.lines, stream.root)
    times = [line for line in lines if ends_with_time(line)]
    if not times:
        _refuse_lines_without_time(stream, area.heading, area.declared, lines)
        return []
    levels = list(_levels(lines, times, area.heading.container))
    if whole := [lv for lv in levels if lv.parts > 1 and not lv.refused]:
        return whole[0].found
    broken = [lv for lv in levels if lv.parts > 1 and lv.found]
    if broken and broken[0].one_each:
        raise broken[0].refused[0][1]
    for level in levels:  # beside its comments a list may hold a form or a notice
        idle = not any(ends_with_time(ln) for part, _e in level.refused for ln in part)
        if level.found and idle and len(level.found) == area.declared:
            return level.found
    alone = next((lv for lv in levels if lv.found and not lv.refused), None)
    if alone and alone.one_each:
        return alone.found
    flat = _flat(stream, area.heading, lines, times)
    if broken and len(flat) != area.declared:
        raise broken[0].refused[0][1]
    return flat


def _levels(
    lines: Sequence[Line], times: Sequence[Line], heading: Container
) -> Iterator[Level]:
    """Give the ways in which elements part the lines, from the inside out."""
    inner = times[0].container
    for line in times[1:]:
        inner = inner.common(line.container)
    at = [line.container.ancestor(inner.depth + 1) for line in lines]
    held: list[int] = []
    for _level in range(_MOST_LEVELS):
        at = [container.ancestor(inner.depth + 1) for container in at]
        parts = _parts(lines, at, inner)
        sizes = [len(part) for _container, part in parts]
        if sizes != held:  # an element around all of them parts nothing anew
            yield _level_of(parts)
            held = sizes
        if inner.holds(heading) or inner.parent is None:
            return
        inner = inner.parent


def _parts(
    lines: Sequence[Line], at: Iterable[Container], inner: Container
) -> list[tuple[Container, list[Line]]]:
    """Part the lines in ``inner`` by its children, which ``at`` names for each."""
    inside = [
        (container, line)
        for container, line in zip(at, lines, strict=True)
        if inner.holds(container)
    ]
    parts: list[tuple[Container, list[Line]]] = []
    for container, pairs in groupby(inside, key=lambda pair: pair[0]):
        part = [line for _container, line in pairs]
        if container.tag == "dd" and parts and parts[-1][0].tag == "dt":
            parts[-1][1].extend(part)  # nothing but its term holds them together
        else:
            parts.append((container, part))
    return parts


def _level_of(parts: Sequence[tuple[Container, list[Line]]]) -> Level:
    kept = [
        (container, lines)
        for container, lines in parts
        if any(map(ends_with_time, lines)) or not all(map(is_furniture, lines))
    ]
    order = common_order([lines for _container, lines in kept])
    level = Level([], [], len(kept), bool(kept))
    for container, lines in kept:
        level.one_each &= container.tag in _ONE_EACH
        try:
            level.found += _with_answers(lines, order, len(level.found))
        except PageError as error:
            level.refused.append((lines, error))
    return level


def _with_answers(lines: list[Line], order: Order | None, place: int) -> list[Found]:
    """Read one comment, and those that stand inside it or beside it in its element.

    ``place`` is that of the first in the whole list. Recursion goes as deep as the
    elements, which the reader of HTML limits.
    """
    whole = [Found(read_item(lines, order, bounded=True))]
    if sum(map(ends_with_time, lines)) < 2 or order:
        return whole
    around = lines[0].container
    for line in lines[1:]:
        around = around.common(line.container)
    at = [line.container.ancestor(around.depth + 1) for line in lines]
    units = [part for _container, part in _parts(lines, at, around)]
    cut = len(units)
    while (
        cut > 1 and ends_with_time(units[cut - 1][-1]) and may_be_item(units[cut - 1])
    ):
        cut -= 1
    first = [line for unit in units[:cut] for line in unit]
    if cut == len(units) or not ends_with_time(first[-1]) or not may_be_item(first):
        return whole
    beside = cut == 1 and first[0].container is not around
    found = (
        _with_answers(first, None, place)
        if beside
        else [Found(read_item(first, bounded=True))]
    )
    for unit in units[cut:]:
        answers = _with_answers(unit, None, place + len(found))
        found += [
            Found(a.item, place if a.parent is None and not beside else a.parent)
            for a in answers
        ]
    return found


def _flat(
    stream: Stream, heading: Line, lines: Sequence[Line], times: Sequence[Line]
) -> list[Found]:
    """Part lines that no elements part: at the times alone."""
    home = heading.container.common(times[0].container)
    lines = [line for line in lines if home.holds(line.container)]
    places = [n for n, line in enumerate(lines) if ends_with_time(line)]
    below = [line for line in lines[places[-1] + 1 :] if not is_furniture(line)]
    if places[0] <= 1 and below:
        starts = [n - places[0] for n in places]
        ends = [*starts[1:], len(lines)]
    else:
        starts = [0, *(n + 1 for n in places[:-1])]
        ends = [n + 1 for n in places]
        _refuse_rest(stream, lines, places[-1])
    bounds = zip(starts, ends, strict=True)
    parts = [lines[start:end] for start, end in bounds]
    order = common_order(parts)
    return [Found(read_item(part, order)) for part in parts]


def _refuse_rest(stream: Stream, lines: Sequence[Line], last_time: int) -> None:
    """Raise PageError if what follows the last time can be a comment without one."""
    last = lines[last_time].container
    for line in lines[last_time + 1 :]:
        if stream.is_html:
            beside = line.container is last or line.container.parent is last.parent
            if beside and not is_furniture(line):
                raise refused(NO_TIME, line)
        elif is_interface(line.text):
            return  # the page's own words: below them stand no comments
        elif not is_furniture(line):
            raise refused(NO_TIME, line)


def _refuse_lines_without_time(
    stream: Stream, heading: Line, declared: int | None, lines: Sequence[Line]
) -> None:
    """Raise PageError if comments are announced and what is there has no time."""
    home = heading.container.parent or heading.container
    listed = [line for line in lines if line.container.tag == "item"]
    if not listed and declared:
        listed = [line for line in lines if home.holds(line.container)]
        if not stream.is_html and listed and is_interface(listed[0].text):
            return
    for line in listed:
        if not is_furniture(line):
            raise refused(NO_TIME, line)
