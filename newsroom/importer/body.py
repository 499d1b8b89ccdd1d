"""The article's body: paragraphs, subheads, and the two shapes of « Lire aussi »."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsroom.importer.headline import LONGEST_TITLE
from newsroom.importer.lines import Line, folded
from newsroom.importer.page import Block, Link
from newsroom.importer.wording import inline_related, last_sign, related_label

LONGEST_SUBHEAD = 150
_STOPS = ".,;:…"
_ELLIPSES = ("[...]", "[…]", "(...)", "(…)", "...", "…")
_ITEM_SIGNS = "-–—•*"
_MOST_TEASER_LINES = 12
_NEAR_TOP = 6  # lines below the title among which a repeated beginning begins


@dataclass(slots=True)
class Body:
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    paragraphs: int = 0

    def add(self, kind: str, text: str, *, joined: bool) -> None:
        if kind == "paragraph":
            self.paragraphs += 1
            self.blocks.append(Block("paragraph", text, joined, self.paragraphs))
        elif kind == "subhead":
            self.blocks.append(Block("subhead", text, joined))
        else:
            self.blocks.append(Block("related_inline", text, joined))

    def link_inline(self, line: Line, label: str, title: str) -> None:
        self.links.append(
            Link(
                "inline",
                label,
                title,
                _address(line, title),
                after_paragraph=self.paragraphs,
                block=len(self.blocks),
            )
        )


@dataclass(slots=True)
class Teaser:
    """The beginning of the article, printed again above the comments."""

    place: int  # of its first line
    repeats: int  # the place of the line that it repeats first


def find_teaser(lines: Sequence[Line]) -> Teaser | None:
    """Find the last lines if they repeat the first paragraphs, cut short or not."""
    found = None
    for place in range(len(lines) - 1, max(0, len(lines) - _MOST_TEASER_LINES) - 1, -1):
        if lines[place].joined:
            continue
        repeated = _repeated_place(lines, place)
        if repeated is None:
            if found:
                break
        else:
            found = Teaser(place, repeated)
    return found


def read_body(lines: Sequence[Line]) -> Body:
    """Read the lines from the first paragraph to the last « Lire aussi »."""
    body = Body()
    titles = len(lines)  # from here on nothing but titles may stand
    while titles and _may_be_listed(lines[titles - 1]):
        titles -= 1
    place = 0
    while place < len(lines):
        line = lines[place]
        if inline := _inline(line):
            body.link_inline(line, *inline)
            body.add("related_inline", line.text, joined=line.joined)
        elif label := related_label(line.text):
            place = _read_list(body, lines, place, label, last=place + 1 >= titles)
            continue
        else:
            kind = "subhead" if _is_subhead(lines, place) else "paragraph"
            body.add(kind, line.text, joined=line.joined)
        place += 1
    return body


def unmatched_teaser(lines: Sequence[Line]) -> Line | None:
    """Return the first of the lines below the list that end « ... », if there are.

    Titles of the list stand alone: several lines, cut short, are no part of it.
    """
    labels = [n for n, line in enumerate(lines) if related_label(line.text)]
    if not labels or not lines[-1].joined or not _is_cut(lines[-1].text):
        return None
    first = len(lines) - 1
    while lines[first].joined:
        first -= 1
    return lines[first] if first > labels[-1] else None


def _repeated_place(lines: Sequence[Line], place: int) -> int | None:
    """Return where the lines from ``place`` on stand first, near the top."""
    teaser = lines[place:]
    printed = [
        n
        for n in range(place)
        if not lines[n].caption and not inline_related(lines[n].text)
    ]
    for start in range(min(_NEAR_TOP, len(printed) - len(teaser) + 1)):
        originals = printed[start : start + len(teaser)]
        pairs = [
            (again.text, lines[n].text)
            for again, n in zip(teaser, originals, strict=True)
        ]
        whole = all(folded(a) == folded(b) for a, b in pairs[:-1])
        if whole and _repeats(*pairs[-1]):
            return originals[0]
    return None


def _repeats(again: str, text: str) -> bool:
    if folded(again) == folded(text):
        return True
    for ellipsis in _ELLIPSES:
        if again.endswith(ellipsis):
            kept = folded(again.removesuffix(ellipsis))
            return len(kept) > 0 and folded(text).startswith(kept)
    return False


def _is_cut(text: str) -> bool:
    return text.rstrip().endswith(_ELLIPSES)


def _inline(line: Line) -> tuple[str, str] | None:
    if found := inline_related(line.text):
        return found if len(found[1]) <= LONGEST_TITLE else None
    if len(line.links) == 1 and len(line.text) <= LONGEST_TITLE:
        # HTML may print no colon between label and link
        title = line.links[0][1]
        label = related_label(line.text.removesuffix(title))
        return (label, title) if label and line.text != title else None
    return None


def _read_list(
    body: Body, lines: Sequence[Line], place: int, label: str, *, last: bool
) -> int:
    """Read the label at ``place`` and its titles; return the place behind them.

    ``last``: nothing but titles stands below, so that a spacer does not end the list.
    """
    titles: list[Line] = []
    linked = False
    behind = place + 1
    while behind < len(lines) and _is_listed(lines[behind], linked, last, bool(titles)):
        titles.append(lines[behind])
        linked = linked or bool(lines[behind].links)
        behind += 1
    if behind == len(lines) or related_label(lines[behind].text):
        body.links += [
            Link("list", label, line.text.strip(), _address(line, line.text))
            for line in titles
        ]
    elif titles:  # the text goes on below it: it stands in the body
        for line in titles:
            body.link_inline(line, label, line.text.strip())
        text = "\n".join(line.text for line in (lines[place], *titles))
        body.add("related_inline", text, joined=lines[place].joined)
    else:
        body.add("paragraph", lines[place].text, joined=lines[place].joined)
    return behind


def _is_listed(line: Line, linked: bool, last: bool, begun: bool) -> bool:
    if related_label(line.text) or _inline(line) or len(line.text) > LONGEST_TITLE:
        return False
    if linked:
        return bool(line.links)
    return last or (_may_be_listed(line) and not (begun and line.spaced))


def _may_be_listed(line: Line) -> bool:
    """Whether ``line`` has the form of a title rather than of a paragraph."""
    sentence = line.text.endswith(".") and not _is_cut(line.text)
    return len(line.text) <= 250 and not (sentence and len(line.text) > 80)


def _is_subhead(lines: Sequence[Line], place: int) -> bool:
    """Whether a short line without full stop heads the paragraph below it.

    A spacer before it, or HTML's bold, also lets it end in a question.
    """
    line = lines[place]
    if place + 1 >= len(lines) or line.joined or len(line.text) > LONGEST_SUBHEAD:
        return False
    if line.text[0] in _ITEM_SIGNS or last_sign(line.text) in _STOPS:
        return False
    below = lines[place + 1]
    headed = below.joined or not below.spaced
    heads_text = not related_label(below.text) and not inline_related(below.text)
    set_off = line.spaced or line.emphatic
    asks = last_sign(line.text) in "!?"
    longer = len(below.text) > len(line.text) and last_sign(below.text) in ".!?…:"
    return headed and heads_text and (set_off or (not asks and longer))


def _address(line: Line, title: str) -> str | None:
    """Return where the link with ``title`` leads, or else the line's first link."""
    named = [address for address, said in line.links if folded(said) == folded(title)]
    found = named or [address for address, _said in line.links]
    return found[0] or None if found else None
