"""Puts together the lines that a browser would print, element by element."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from itertools import accumulate

from bs4 import Tag

from newsroom.importer.lines import BLANK, Container, Line

_IN_A_LINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark picture"
    " q rb rp rt ruby s samp small span strike strong sub sup time tt u var"
)
INLINE = frozenset(_IN_A_LINE.split())
"""Elements that stand in a line; any other stands in lines of its own."""
LONGEST_ADDRESS = 500
"""Code points, as `articles.models.RelatedLink.url`."""
_VOID = frozenset(("area", "br", "col", "hr", "img", "param", "source", "track", "wbr"))
_BOLD = frozenset(("b", "strong"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CAPTIONS = frozenset(("figcaption",))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_UNREAD = re.compile(r"<(?:(script|style)\b|!--)", re.IGNORECASE)
_PARAGRAPH, _SAME_LINE, _NEXT_LINE = 2, 0, 1  # what separates a line from the last


class LineBuilder:
    """Told what is entered, left and printed, in order; gives `lines`."""

    def __init__(self, root: Container, title: Tag) -> None:
        self.lines: list[Line] = []
        self.starts: list[str] = []  # how each line begins in the source
        self.depth = 0
        self._title = title
        self._block = root
        self._outer_inline: list[int] = []  # of the blocks around this one
        self._inline = self._bold = self._headings = self._captions = 0
        self._in_title = self._preformatted = 0
        self._addresses: list[str] = []
        self._gap = _PARAGRAPH
        self._spaced = False
        self._picture: tuple[Container, str] | None = None
        self._clear()

    def _clear(self) -> None:
        self._text: list[str] = []
        self._length = self._signs = self._bold_signs = self._link_signs = 0
        self._start = ""
        self._links: list[tuple[str, str]] = []
        self._pieces: list[int] = []
        self._instant: str | None = None

    def enter(self, tag: Tag) -> None:
        self.depth += 1
        if tag.name in _VOID:
            self._enter_void(tag)
        elif tag.name in INLINE:
            self._inline += 1
            if self._inline == 1:
                self._pieces.append(self._length)
            self._count(tag, 1)
            if tag.name == "a":
                address = printed_address(tag.get("href"))
                self._addresses.append(address)
                self._links.append((address, ""))
            if tag.name == "time" and self._instant is None:
                self._instant = str(tag.get("datetime") or "") or None
        else:
            self._separate()
            self._outer_inline.append(self._inline)
            self._inline = 0
            self._block = self._block.inside(tag.name)
            self._count(tag, 1)

    def leave(self, tag: Tag) -> None:
        self.depth -= 1
        if tag.name in _VOID:
            return
        if tag.name in INLINE:
            self._count(tag, -1)
            if self._inline == 1:
                self._pieces.append(self._length)
            self._inline -= 1
            if tag.name == "a":
                self._addresses.pop()
        else:
            self._separate()
            self._count(tag, -1)
            self._inline = self._outer_inline.pop()
            self._block = self._block.parent or self._block

    def text(self, printed: str) -> None:
        if self._preformatted:
            first, *rest = printed.split("\n")
            self._add(first, printed)
            for row in rest:
                self._break_line()
                self._add(row, row)
        else:
            self._add(_SPACE.sub(_collapsed, printed), printed)

    def end_line(self) -> None:
        """Print what is in the current line, if there is anything to see."""
        text = "".join(self._text).strip(BLANK)
        if text.strip():
            links = tuple(
                (at, said.strip()) for at, said in self._links if said.strip()
            )
            self.lines.append(
                Line(
                    text,
                    0,
                    self._block,
                    joined=self._gap == _NEXT_LINE,
                    spaced=self._spaced,
                    title=self._in_title > 0,
                    emphatic=self._headings > 0 or self._bold_signs == self._signs,
                    caption=self._captions > 0,
                    picture=self._picture,
                    links=links,
                    only_links=self._link_signs == self._signs,
                    pieces=tuple(sorted({p for p in self._pieces if p < len(text)})),
                    instant=self._instant,
                )
            )
            self.starts.append(self._start)
            self._gap, self._spaced, self._picture = _SAME_LINE, False, None
        elif text:  # no-break spaces alone
            self._gap, self._spaced = _PARAGRAPH, True
        self._clear()

    def _add(self, text: str, source: str) -> None:
        before = self._text[-1] if self._text else " "
        if before[-1:] == " " and text[:1] == " ":
            text = text.lstrip(BLANK)
        if not text:
            return
        if not self._start:
            self._start = source.strip(BLANK).split("\n", 1)[0][:40]
        signs = len(text) - text.count(" ") - text.count("\u00a0")
        self._signs += signs
        self._bold_signs += signs if self._bold else 0
        if self._addresses:
            self._link_signs += signs
            address, said = self._links.pop() if self._links else ("", "")
            self._links.append((address or self._addresses[-1], said + text))
        self._text.append(text)
        self._length += len(text)

    def _separate(self) -> None:
        self.end_line()
        self._gap = _PARAGRAPH

    def _break_line(self) -> None:
        self.end_line()
        self._gap = min(self._gap + 1, _PARAGRAPH)

    def _enter_void(self, tag: Tag) -> None:
        if tag.name == "br":
            self._break_line()
        elif tag.name == "hr":
            self._separate()
        elif tag.name == "img":
            self._picture = (self._block, printed_address(tag.get("src")))

    def _count(self, tag: Tag, step: int) -> None:
        self._bold += step * (tag.name in _BOLD)
        self._headings += step * (tag.name in _HEADINGS)
        self._captions += step * (tag.name in _CAPTIONS)
        self._preformatted += step * (tag.name == "pre")
        self._in_title += step * (tag is self._title)


def printed_address(value: object) -> str:
    """Return a link's address as printed, or '' if it leads to no page."""
    address = str(value or "").strip()
    if address.startswith("#") or len(address) > LONGEST_ADDRESS:
        return ""
    scheme = _SCHEME.match(address)
    web = scheme is None or scheme[0].lower() in ("http:", "https:")
    return address if web else ""


def numbered(
    lines: Iterable[Line], starts: Iterable[str], source: str
) -> Iterator[Line]:
    """Give each line its place in the file, which the parser does not tell.

    Each line's beginning is looked for behind the one before it.
    """
    rows = [unescape(row) for row in _without_scripts(source).split("\n")]
    ends = list(accumulate(len(row) + 1 for row in rows))
    text = "\n".join(rows)
    place = max(text.find("<body"), 0)
    for line, start in zip(lines, starts, strict=True):
        found = text.find(start, place, place + 100_000)
        place = found if found >= 0 else place
        yield replace(line, number=bisect_right(ends, place) + 1)


def _without_scripts(source: str) -> str:
    """Return ``source`` with nothing but the line breaks of scripts and comments."""
    kept: list[str] = []
    place = 0
    while opening := _UNREAD.search(source, place):
        closing = f"</{opening[1]}" if opening[1] else "-->"
        end = re.compile(closing, re.IGNORECASE).search(source, opening.end())
        if end is None:
            break
        kept.append(source[place : opening.start()])
        kept.append("\n" * source.count("\n", opening.start(), end.end()))
        place = end.end()
    return "".join((*kept, source[place:]))


def _collapsed(space: re.Match[str]) -> str:
    """One space for the source's own line breaks; typed spaces stay as typed."""
    return " " if re.search(r"[\t\n\r\f]", space[0]) else space[0]
