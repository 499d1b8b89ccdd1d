"""The stream of lines that both forms of a page are turned into."""

import re
from dataclasses import dataclass, field

BLANK = " \t\n\r\f\v"
"""What surrounds a line without belonging to it; a no-break space may belong to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """An element that holds lines: a block of HTML, or a bulleted item of text."""

    tag: str
    parent: "Container | None" = None
    depth: int = 0

    def inside(self, tag: str) -> "Container":
        return Container(tag, self, self.depth + 1)

    def ancestor(self, depth: int) -> "Container":
        """Return the container at ``depth`` in which this one is, or this one."""
        found = self
        while found.depth > depth and found.parent:
            found = found.parent
        return found

    def holds(self, other: "Container") -> bool:
        return other.ancestor(self.depth) is self

    def common(self, other: "Container") -> "Container":
        """Return the innermost container of both."""
        depth = min(self.depth, other.depth)
        mine, theirs = self.ancestor(depth), other.ancestor(depth)
        while mine is not theirs and mine.parent and theirs.parent:
            mine, theirs = mine.parent, theirs.parent
        return mine


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line with text in it; empty ones only show in ``joined``.

    ``joined``: a single line break before it. ``spaced``: a line of no-break spaces
    alone before it. The rest is known of HTML alone.
    """

    text: str
    number: int
    container: Container
    joined: bool = False
    spaced: bool = False
    indent: int = 0
    title: bool = False
    emphatic: bool = False  # a heading, or wholly in bold
    caption: bool = False
    picture: tuple[Container, str] | None = None  # the image just before it: address
    links: tuple[tuple[str, str], ...] = ()  # (address, text)
    only_links: bool = False
    pieces: tuple[int, ...] = ()  # where its outermost inline elements begin or end
    instant: str | None = None  # a machine-readable time printed in it


@dataclass(slots=True)
class Stream:
    """A page's lines in order, and what HTML says of it outside of them."""

    lines: list[Line]
    is_html: bool = False
    url: str | None = None
    published_at: str | None = None
    author: str | None = None
    root: Container = field(default_factory=lambda: Container("page"))


def folded(text: str) -> str:
    """Return ``text`` as compared: no case, any white space as one space."""
    return re.sub(r"\s+", " ", text).strip().casefold()
