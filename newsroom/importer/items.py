"""One comment among the lines: its text, its author, its time, told by their places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsroom.importer.errors import PageError
from newsroom.importer.lines import Line
from newsroom.importer.timestamps import (
    is_timestamp,
    resembles_timestamp,
    trailing_timestamp,
)
from newsroom.importer.wording import asks_for_all, is_interface

LONGEST_AUTHOR = 100
"""Code points, as `comments.models.Commenter.name`."""
_NAMING = frozenset(("dt", "h2", "h3", "h4", "h5", "h6", "header", "address"))
"""Elements that may name what follows them."""
_BETWEEN = " \u00a0,;:·|–—-"

NO_TIME = _("commentaire sans heure : « %(text)s »")
NO_TEXT = _("commentaire sans texte ou sans auteur : « %(text)s »")
NO_AUTHOR = _("commentaire sans auteur : « %(text)s » est trop long pour un nom")


class Order(Enum):
    """In which order a page prints the parts of a comment."""

    TEXT_AUTHOR_TIME = "text author time"
    AUTHOR_TIME_TEXT = "author time text"
    AUTHOR_TEXT_TIME = "author text time"


@dataclass(frozen=True, slots=True)
class Item:
    """A comment's parts as printed."""

    text: str
    author: str
    time: str
    line: int


def ends_with_time(line: Line) -> bool:
    return is_timestamp(line.text) or trailing_timestamp(line.text) is not None


def is_furniture(line: Line) -> bool:
    """Whether the page, not a reader, wrote ``line``: a button or a link alone."""
    return line.only_links or is_interface(line.text) or asks_for_all(line.text)


def read_item(
    printed: Sequence[Line], order: Order | None = None, *, bounded: bool = False
) -> Item:
    """Read one comment. Raises PageError, naming its line, for one with a part missing.

    ``bounded``: the page itself says where it ends, so that its last line may be
    taken for a time even if nobody can read it.
    """
    lines = _parted(_without_furniture(printed))
    order = order or _order_of(lines)
    first = lines[0]
    if order is Order.AUTHOR_TIME_TEXT:
        if len(lines) < 3:
            raise refused(NO_TEXT, first)
        author, time, text = lines[0], lines[1], lines[2:]
    else:
        time, rest = lines[-1], lines[:-1]
        vague = bounded and len(lines) > 2 and resembles_timestamp(time.text)
        if not (is_timestamp(time.text) or vague):
            raise refused(NO_TIME, first)
        if len(rest) < 2:
            raise refused(NO_TEXT, first)
        named_first = order is Order.AUTHOR_TEXT_TIME
        author = rest[0] if named_first else rest[-1]
        text = rest[1:] if named_first else rest[:-1]
    name = author.text.strip()
    if len(name) > LONGEST_AUTHOR:
        raise refused(NO_AUTHOR, author)
    return Item(_joined(text), name, time.text.strip(), first.number)


def may_be_item(lines: Sequence[Line]) -> bool:
    try:
        read_item(lines)
    except PageError:
        return False
    return True


def common_order(items: Sequence[Sequence[Line]]) -> Order | None:
    """Return the order of all ``items`` where a naming element opens each of them.

    It names the author, unless it holds by far the most of what the page says there:
    then it is the text, with author and time below it.
    """
    first = rest = 0
    for printed in items:
        lines = _parted(_without_furniture(printed))
        if len(lines) < 3 or not is_timestamp(lines[-1].text):
            return None
        if lines[0].container.tag not in _NAMING or lines[1].joined:
            return None
        first += len(lines[0].text)
        rest += sum(len(line.text) for line in lines[1:-1])
    return Order.AUTHOR_TEXT_TIME if first <= 2 * rest else None


def _order_of(lines: Sequence[Line]) -> Order:
    early = len(lines) > 2 and is_timestamp(lines[1].text)
    if early and not ends_with_time(lines[-1]):
        return Order.AUTHOR_TIME_TEXT
    return Order.TEXT_AUTHOR_TIME


def _without_furniture(printed: Sequence[Line]) -> list[Line]:
    """Leave out the buttons below a comment: below its time, if that ends it."""
    lines = list(printed)
    last = max(
        (n for n, line in enumerate(lines) if ends_with_time(line)), default=None
    )
    if last is None or not all(map(is_furniture, lines[last + 1 :])):
        return lines
    if last > 1 or not is_timestamp(lines[last].text):
        return lines[: last + 1]
    while len(lines) > last + 2 and lines[-1].only_links:  # the text is below the time
        lines.pop()
    return lines


def _parted(lines: list[Line]) -> list[Line]:
    """Part author and time where they share a line, as the last or the first one."""
    if not is_timestamp(lines[-1].text) and (
        last := _split(lines[-1], len(lines) == 1)
    ):
        return [*lines[:-1], *last]
    if not ends_with_time(lines[-1]) and (first := _split(lines[0], False)):
        return [*first, *lines[1:]]
    return lines


def _split(line: Line, alone: bool) -> list[Line]:
    """Return author and time, and before them the text if ``line`` stands ``alone``."""
    start = trailing_timestamp(line.text)
    cuts = [place for place in line.pieces if is_timestamp(line.text[place:])]
    place = cuts[-1] if cuts else start
    if place is None:
        return []
    ended = [  # an element that ends there holds the name whole
        p
        for p in line.pieces
        if 0 < p < place and not line.text[p:place].strip(_BETWEEN)
    ]
    before = line.text[: ended[-1]] if ended else line.text[:place].rstrip(_BETWEEN)
    time = line.text[place:]
    bounds = [0]
    if alone:  # inline elements alone tell text from author
        named = [p for p in line.pieces if p < len(before) and before[:p].strip()]
        bounds = [0, named[-1]] if named else [0]
    ends = [*bounds[1:], len(before)]
    texts = [before[a:b].strip() for a, b in zip(bounds, ends, strict=True)]
    return [replace(line, text=text) for text in (*texts, time) if text]


def _joined(lines: Sequence[Line]) -> str:
    """Return the text as typed: single breaks and empty lines between paragraphs."""
    parts = [lines[0].text]
    for line in lines[1:]:
        parts += ["\n" if line.joined else "\n\n", line.text]
    return "".join(parts)


def refused(message: Any, line: Line) -> PageError:
    return PageError(message, line.number, text=line.text[:60])
