"""The words of an HTML comment, each knowing where it stands in the source.

Parsers that build a tree forget where a text came from, and the standard library's
tokenizer needs seconds for 20 kB of unclosed tags: this one reads forward only, in time
proportional to the source. Where browsers and a hurried reader could disagree (a `>`
inside an attribute, a tag or comment that never ends) it takes the source for text, so
that no word which a reader sees is ever left out.
"""

import re
from html import unescape

_STOP = re.compile("[<&]")
_COMMENT_END = re.compile("--!?>")
_TAG_END = re.compile(">")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});?"
)
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII)
    for name in ("script", "style")
}
"""Elements whose content is no text, and what ends them."""
_BREAKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th"}
    | {"tr", "ul"}
)


class HtmlText:
    """``text`` is what a reader sees of ``source``: words, with line feeds between blocks."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._chars: list[str] = []
        self._places: list[tuple[int, int]] = []
        self._never: set[re.Pattern[str]] = (
            set()
        )  # what is known not to follow any more
        place = 0
        while found := _STOP.search(source, place):
            self._write(place, found.start())
            place = (self._tag if found[0] == "<" else self._reference)(found.start())
        self._write(place, len(source))
        self.text = "".join(self._chars)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that holds ``text[start:end]``, not empty.

        It runs from where the first character is written to where the last one ends,
        with the tags in between. A reference (`&eacute;`) is one character.
        """
        return self._places[start][0], self._places[end - 1][1]

    def _write(self, start: int, end: int) -> None:
        self._chars.extend(self.source[start:end])
        self._places.extend((i, i + 1) for i in range(start, end))

    def _tag(self, start: int) -> int:
        """Skip what begins at ``start``; return where the source goes on."""
        if self.source.startswith("<!--", start):
            # Browsers end a comment at the first of these, `<!-->` included
            end = self._after(_COMMENT_END, start + 2)
        elif self.source.startswith(("<!", "<?", "</"), start) or _TAG.match(
            self.source, start
        ):
            end = self._after(_TAG_END, start)
        else:
            end = None
        if end is None:
            self._write(start, start + 1)
            return start + 1
        if tag := _TAG.match(self.source, start, end):
            name = tag[1].lower()
            if name in _BREAKS and self._chars and self._chars[-1] != "\n":
                self._chars.append("\n")
                self._places.append((start, start))
            if name in _RAW_END and self.source[start + 1] != "/":
                return self._after_raw(name, end)
        return end

    def _after(self, mark: re.Pattern[str], start: int) -> int | None:
        found = self._next(mark, start)
        return found.end() if found else None

    def _after_raw(self, name: str, start: int) -> int:
        found = self._next(_RAW_END[name], start)
        return found.start() if found else start

    def _next(self, mark: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Where ``mark`` follows; what was looked for in vain is not looked for again."""
        if mark in self._never:
            return None
        found = mark.search(self.source, start)
        if found is None:
            self._never.add(mark)
        return found

    def _reference(self, start: int) -> int:
        found = _REFERENCE.match(self.source, start)
        written = found[0] if found else "&"
        meant, end = unescape(written), start + len(written)
        # `&eacutecole` means « école »: what follows the name is written as it is
        tail = 0
        while tail < len(meant) and written[-tail - 1] == meant[-tail - 1]:
            tail += 1
        named = len(meant) - tail
        self._chars.extend(meant[:named])
        self._places.extend((start, end - tail) for _char in range(named))
        self._write(end - tail, end)
        return end
