"""What the importer's tests hold a read page against."""

from zoneinfo import ZoneInfo

import pytest

from newsroom.importer.errors import PageError
from newsroom.importer.page import ParsedPage
from newsroom.importer.reader import read_page
from tests.newsroom.importer.html_printing import MANNERS
from tests.newsroom.importer.printing import Page, as_text

BEIRUT = ZoneInfo("Asia/Beirut")
FORMS = {
    "text": as_text,
    "text, hanging dash": lambda page: as_text(page, bullet=" - "),
    "text, bullets at the margin": lambda page: as_text(page, hanging=False),
    "text, no bullets": lambda page: as_text(page, bullet=""),
    **{name: manner.page for name, manner in MANNERS.items()},
}
every_form = pytest.mark.parametrize("form", FORMS)


def read(source: str | bytes) -> ParsedPage:
    data = source.encode() if isinstance(source, str) else source
    return read_page(data, zone=BEIRUT)


def refused(source: str | bytes) -> PageError:
    with pytest.raises(PageError) as caught:
        read(source)
    assert str(caught.value)
    return caught.value


def summary(found: ParsedPage) -> dict[str, object]:
    """What `expected` gives for a page that was read right."""
    article = found.article
    return {
        "kicker": article.kicker,
        "title": article.title,
        "lede": article.lede,
        "caption": article.image.line if article.image else None,
        "body": [(b.type, b.text, b.joined_to_previous) for b in found.body],
        "listed": [link.title for link in found.related if link.placement == "list"],
        "inline": [link.title for link in found.related if link.placement == "inline"],
        "declared": found.comments_declared,
        "comments": [(c.text, c.author, c.timestamp_raw) for c in found.comments],
    }


def expected(page: Page) -> dict[str, object]:
    kinds = {"inline": "related_inline"}
    inline = [text for kind, text, _joined in page.body if kind == "inline"]
    shown = page.declared is not None
    return {
        "kicker": page.kicker,
        "title": page.title,
        "lede": page.lede,
        "caption": page.caption,
        "body": [(kinds.get(kind, kind), text, j) for kind, text, j in page.body],
        "listed": list(page.listed),
        "inline": [t.removeprefix("(Lire aussi : ").removesuffix(")") for t in inline],
        "declared": page.said_count if shown else None,
        "comments": [(s.text, s.author, s.time) for s in page.comments if shown],
    }


def codes(found: ParsedPage) -> list[str]:
    return [warning.code for warning in found.warnings]
