"""What stands above the body: kicker, title, lede, picture, perhaps a date or author."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from newsroom.importer.captions import split_credit
from newsroom.importer.errors import PageError
from newsroom.importer.lines import Line, Stream
from newsroom.importer.timestamps import is_timestamp, printed_date
from newsroom.importer.wording import (
    inline_related,
    is_interface,
    last_sign,
    related_label,
    thread_heading,
)

LONGEST_TITLE = 300
LONGEST_KICKER = 80
LONGEST_LEDE = 600
_KICKER = re.compile(r"(?P<section>\S.{0,48}?)\s+[-–—|]\s+(?P<topic>\S.*)")
_BYLINE = re.compile(r"[Pp]ar\s+(?P<name>[^.:;!?«»\d]{3,80})")
_FULL_STOPS = ".…"
_END_OF_SENTENCE = ".!?…:;,"


@dataclass(slots=True)
class Head:
    """Where the title is; ``rest`` is what the article prints below it."""

    title: str
    kicker: str | None
    rest: list[Line]

    @property
    def section_and_topic(self) -> tuple[str | None, str | None]:
        """« À La Une - Conflit » names both; « Urbanisme » the section alone."""
        if self.kicker and (match := _KICKER.fullmatch(self.kicker)):
            return match["section"].strip(), match["topic"].strip()
        return self.kicker, None


@dataclass(slots=True)
class Above:
    """What stands between title and body."""

    lede: list[Line] = field(default_factory=list)
    captions: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    uncertain: bool = False


def find_head(stream: Stream) -> Head:
    """Find kicker and title. Raises PageError where there is none."""
    lines = stream.lines
    if stream.is_html:
        return _marked_head(lines)
    first = _after_furniture(lines)
    if first == len(lines):
        raise PageError(_("titre introuvable"), lines[-1].number)
    above, below = lines[first], lines[first + 1] if first + 1 < len(lines) else None
    has_kicker = below is not None and _looks_like_kicker(above, below)
    title = lines[first + has_kicker]
    if not _may_be_title(title) or (not has_kicker and _is_kicker_alone(title)):
        raise PageError(_("titre introuvable"), title.number)
    return Head(
        title.text.strip(),
        above.text.strip() if has_kicker else None,
        lines[first + has_kicker + 1 :],
    )


def _marked_head(lines: Sequence[Line]) -> Head:
    """Read the title that HTML marks, and the kicker above it."""
    place = next((n for n, line in enumerate(lines) if line.title), None)
    if place is None:
        raise PageError(_("titre introuvable"), lines[0].number if lines else 1)
    title = " ".join(line.text for line in lines if line.title)
    if len(title) > LONGEST_TITLE:
        raise PageError(_("titre trop long"), lines[place].number)
    rest = [line for line in lines[place + 1 :] if not line.title]
    return Head(title.strip(), _kicker_above(lines, place), rest)


def take_byline(rest: list[Line]) -> tuple[list[Line], str | None, str | None]:
    """Take out « Par Rima Haddad » and a printed date; return the rest, and these."""
    author = published = None
    kept: list[Line] = []
    for n, line in enumerate(rest):
        text = line.text.strip()
        byline = _BYLINE.fullmatch(text) if n < 4 else None
        if byline and author is None and _is_signature(byline["name"]):
            author = byline["name"].strip()
        elif n < 4 and published is None and len(text) <= 80 and line.instant:
            published = line.instant
        elif n < 4 and published is None and is_timestamp(text):
            published = text
        else:
            kept.append(line)
    return kept, author, published


def divide(rest: Sequence[Line], body_start: int | None, title: Line | None) -> Above:
    """Tell lede and caption from the body.

    ``body_start`` is the place of the first paragraph where the page repeats it in a
    teaser; ``title`` is HTML's. Without either it takes the forms of the lines.
    """
    above = Above()
    start = _guessed_start(rest, above, title) if body_start is None else body_start
    head = [line for line in rest[:start] if not line.caption]
    above.captions = [line for line in rest[:start] if line.caption]
    if not above.captions and head:
        credited = [n for n, line in enumerate(head) if split_credit(line.text)[1]]
        if credited:
            place = credited[0]
            alone = split_credit(head[place].text)[0] is None
            first = place - 1 if alone and place else place
            above.captions, head = head[first : place + 1], head[:first]
        elif len(head) > 1 or _shows_a_scene(head[0]):
            above.captions, head = [head[-1]], head[:-1]
    above.lede = head
    above.body = list(rest[start:])
    return above


def _guessed_start(rest: Sequence[Line], above: Above, title: Line | None) -> int:
    """Return where the body starts on a page that does not repeat its beginning."""
    before_body = 0
    for n, line in enumerate(rest[:3]):
        if line.caption or split_credit(line.text)[1]:
            before_body = n + 1
    if before_body or len(rest) < 2:
        return before_body
    first, second = rest[0], rest[1]
    if not _may_be_lede(first) or second.joined:
        return 0
    if title is not None and _stands_apart(first, second, title):
        return 1
    if 2 * len(first.text) < len(second.text) and len(first.text) <= 200:
        above.uncertain = True
        return 1
    return 0


def _is_signature(name: str) -> bool:
    words = name.split()
    return len(words) <= 8 and words[0][0].isupper() and words[-1][0].isupper()


def _stands_apart(first: Line, second: Line, title: Line) -> bool:
    """Whether HTML puts ``first`` with the title, and ``second`` in a part of its own."""
    around = first.container.parent
    return (
        around is not None
        and around.holds(title.container)
        and second.container.parent is not around
    )


def _may_be_lede(line: Line) -> bool:
    return (
        len(line.text) <= LONGEST_LEDE
        and not related_label(line.text)
        and not inline_related(line.text)
    )


def _shows_a_scene(line: Line) -> bool:
    """Whether a line without credit ends with the day it was photographed."""
    end = line.text.rstrip(". ")[-40:]
    return printed_date(end) is not None and end[-1:].isdigit()


def _kicker_above(lines: Sequence[Line], place: int) -> str | None:
    """Return the line before HTML's title, if it stands with it."""
    title = lines[place]
    for line in reversed(lines[max(0, place - 20) : place]):
        shared = line.container.common(title.container)
        beside = line.container.parent is title.container.parent
        of_site = shared.parent is None or shared.tag == "body"
        logo = line.only_links and ((of_site and not beside) or len(line.links) > 1)
        if logo or is_interface(line.text):
            continue
        in_list = any(
            line.container.ancestor(depth).tag in ("li", "dd", "td")
            for depth in range(shared.depth + 1, line.container.depth + 1)
        )
        if in_list or len(line.text) > LONGEST_KICKER:
            return None
        return line.text.strip()
    return None


def _after_furniture(lines: Sequence[Line]) -> int:
    """Return the place of the first line of text that is no search box or menu."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].joined:
            end += 1
        group = lines[start:end]
        menu = len(group) > 2 and all(len(line.text) <= 30 for line in group)
        if not menu and not all(is_interface(line.text) for line in group):
            break
        start = end
    return start


def _looks_like_kicker(above: Line, below: Line) -> bool:
    text = above.text
    short = bool(_KICKER.fullmatch(text)) or len(text.split()) <= 4
    return (
        short
        and len(text) <= LONGEST_KICKER
        and last_sign(text) not in _END_OF_SENTENCE
        and _may_be_title(below)
        and last_sign(below.text) not in _FULL_STOPS
        and split_credit(below.text)[1] is None
    )


def _is_kicker_alone(line: Line) -> bool:
    """Whether what stands where the title should is a kicker without one."""
    dashed = _KICKER.fullmatch(line.text)
    names = dashed.groups() if dashed else (line.text,)
    most = 3 if dashed else 1  # words in each
    return all(len(name.split()) <= most for name in names)


def _may_be_title(line: Line) -> bool:
    return (
        len(line.text) <= LONGEST_TITLE
        and thread_heading(line.text) is None
        and related_label(line.text) is None
        and inline_related(line.text) is None
    )
