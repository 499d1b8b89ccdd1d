"""The flattened text of a page, as a stream of lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from newsroom.importer.errors import PageError
from newsroom.importer.lines import BLANK, Container, Line, Stream
from newsroom.importer.timestamps import is_timestamp
from newsroom.importer.wording import is_interface

_BULLET = re.compile(r"([•‣◦▪●∙⁃*–—-])[ \t\u00a0]+(?=\S)")
_DASHES = "*–—-"
"""Bullets that may as well begin a reader's sentence."""
MAX_LINES = 120_000  # that print something
DEEPEST_ANSWER = 20  # answers to answers; deeper ones stand beside the last of them
TAB = 4  # columns


def read_text(text: str) -> Stream:
    """Raises PageError for a text of too many lines."""
    stream = Stream([])
    joined = spaced = False
    for number, row in enumerate(text.split("\n"), start=1):
        printed = row.strip(BLANK)
        if not printed.strip():  # nothing, or no-break spaces alone
            joined, spaced = False, spaced or bool(printed)
            continue
        before = row.expandtabs(TAB)
        line = Line(
            printed,
            number,
            stream.root,
            joined=joined,
            spaced=spaced,
            indent=len(before) - len(before.lstrip(BLANK)),
        )
        stream.lines.append(line)
        joined, spaced = True, False
        if len(stream.lines) > MAX_LINES:
            raise PageError(
                _("page trop longue : plus de %(limit)d lignes"),
                number,
                limit=MAX_LINES,
            )
    return stream


def bulleted(lines: Sequence[Line], root: Container) -> list[Line]:
    """Put each bulleted item of a list of comments, without its bullet, in a container.

    The list ends where the margin is reached again for good, so what is printed below
    it stays outside. Lines that begin no list come back as they are.
    """
    if not lines or not (first := _BULLET.match(lines[0].text)):
        return list(lines)
    margin, bullet = lines[0].indent, first[1]
    hanging = len(lines) > 1 and lines[1].indent > margin
    if bullet in _DASHES and not hanging:
        return list(lines)
    end = _end_of_list(lines, margin) if hanging else len(lines)
    items = root.inside("list")
    open_items: list[tuple[int, Container]] = []
    done: list[Line] = []
    for line in lines[:end]:
        mark = _BULLET.match(line.text)
        after_time = not done or is_timestamp(done[-1].text)
        starts = mark is not None and (
            (mark[1] == bullet and line.indent == margin and (hanging or after_time))
            or (after_time and line.indent > margin)  # an answer, set further in
        )
        if mark and starts:
            while open_items and (
                open_items[-1][0] >= line.indent or len(open_items) == DEEPEST_ANSWER
            ):
                open_items.pop()
            outer = open_items[-1][1] if open_items else items
            open_items.append((line.indent, outer.inside("item")))
            line = replace(line, text=line.text[mark.end() :], joined=False)
        done.append(replace(line, container=open_items[-1][1]))
    return done + list(lines[end:])


def _end_of_list(lines: Sequence[Line], margin: int) -> int:
    """Return the place of the first line back at the margin, behind the last time.

    Also of one that can only be the page's own, if it follows a time.
    """
    at_margin = [
        n
        for n, line in enumerate(lines)
        if line.indent <= margin and not _BULLET.match(line.text)
    ]
    times = {n for n, line in enumerate(lines) if is_timestamp(line.text)}
    for n in at_margin:
        if n > max(times, default=0) or (
            n - 1 in times and is_interface(lines[n].text)
        ):
            return n
    return len(lines)
