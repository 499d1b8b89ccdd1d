"""The HTML of a page, as the same stream of lines as its flattened text.

Elements are known by what HTML says they are (a block, a heading, a caption) and by
where they stand, never by a site's class names. The tree is walked, not recursed into.
"""

import re
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.utils.translation import gettext_lazy as _

from newsroom.importer.errors import PageError
from newsroom.importer.html_facts import printed_facts, title_element
from newsroom.importer.html_lines import LineBuilder, numbered
from newsroom.importer.lines import Stream
from newsroom.importer.wording import related_label, thread_heading

MAX_TAGS = 120_000
MAX_DEPTH = 256
_NOT_READ = (
    "audio base button canvas datalist dialog embed head iframe input link map math menu"
    " meta meter nav noscript object option progress script select style svg template"
    " textarea title video"
)
_LEFT_OUT = frozenset(_NOT_READ.split())
_SITE_PARTS = frozenset(("header", "footer"))
_PAGE_PARTS = frozenset(("article", "main", "section", "li", "dl", "blockquote"))
_END = "newsroom-end-of-page"


def read_html(text: str) -> Stream:
    """Raises PageError for HTML that is too large, too deep, cut off or untitled."""
    if text.count("<") > MAX_TAGS:
        raise PageError(
            _("page trop grande : plus de %(limit)d balises"), limit=MAX_TAGS
        )
    declaration = re.match(r"\s*<\?xml[^>]*>", text)
    source = text[declaration.end() :] if declaration else text
    soup = BeautifulSoup(f"{source}<{_END}></{_END}>", "lxml")
    if soup.find(_END) is None:
        raise PageError(
            _("page coupée : une balise, un commentaire ou un script n’est pas fermé"),
            text.count("\n") + 1,
        )
    title = title_element(soup)
    if title is None:
        raise PageError(_("titre introuvable : ni <h1>, ni <h2>"), 1)
    stream = printed_facts(soup)
    builder = LineBuilder(stream.root, title)
    _walk(soup, title, builder)
    stream.lines = list(numbered(builder.lines, builder.starts, text))
    return stream


def _walk(soup: BeautifulSoup, title: Tag, builder: LineBuilder) -> None:
    around_title = {id(tag) for tag in title.parents}
    # (node, whether we leave it); children are pushed in reverse
    todo: list[tuple[object, bool]] = [(soup.body or soup, False)]
    parts = 0  # how many parts of the page, rather than of the site, we are in
    while todo:
        node, leaving = todo.pop()
        if not isinstance(node, Tag):
            if type(node) is NavigableString:  # not a comment, nor a script
                builder.text(str(node))
            continue
        parts += (node.name in _PAGE_PARTS) * (-1 if leaving else 1)
        if leaving:
            builder.leave(node)
            continue
        if id(node) not in around_title and _is_left_out(node, in_page=parts > 0):
            parts -= node.name in _PAGE_PARTS
            continue
        builder.enter(node)
        if builder.depth > MAX_DEPTH:
            raise PageError(
                _("page illisible : plus de %(limit)d éléments imbriqués"),
                limit=MAX_DEPTH,
            )
        todo.append((node, True))
        todo.extend((child, False) for child in reversed(node.contents))
    builder.end_line()


def _is_left_out(tag: Tag, *, in_page: bool) -> bool:
    name = tag.name
    style = str(tag.get("style") or "")
    hidden = tag.has_attr("hidden") or re.search(r"display\s*:\s*none", style[:500])
    if name in _LEFT_OUT or name == "form" or hidden:
        return True
    if name == "aside":
        return not _starts_a_part(tag)
    return name in _SITE_PARTS and not in_page


def _starts_a_part(aside: Tag) -> bool:
    """Whether an aside holds what we look for: « Lire aussi », or the comments."""
    for text in islice(aside.descendants, 200):
        if type(text) is NavigableString and (words := text.strip()):
            return bool(related_label(words) or thread_heading(words))
    return False
