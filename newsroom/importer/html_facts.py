"""What a page's HTML says of the article outside of the printed lines."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from newsroom.importer.lines import Stream, folded

_ARTICLE_TYPES = re.compile(r"(?:News|Report|Reportage|Opinion|Analysis)?\w*Article")
_ADDRESS = re.compile(r"https?://(?=.{1,490}\Z)[^/\s]+\S*")
_LONGEST_SCRIPT = 200_000
LONGEST_AUTHOR = 200
"""Code points, as `articles.models.Article.byline`."""


def title_element(soup: BeautifulSoup) -> Tag | None:
    """Return the heading that prints the article's title.

    The one the page names as its title, in its metadata or its window's title; else
    its first <h1>, else its first <h2>.
    """
    headings = soup.find_all("h1", limit=50) + soup.find_all("h2", limit=50)
    named = folded(_meta(soup, "property", "og:title") or "")
    window = folded(soup.title.get_text()) if soup.title else ""
    for heading in headings:
        if named and folded(heading.get_text()) == named:
            return heading
    for heading in headings:
        words = folded(heading.get_text())
        if words and re.match(rf"{re.escape(words)}(?:\s?[-–—|·:].*)?\Z", window):
            return heading
    return next((h for h in headings if h.get_text(strip=True)), None)


def printed_facts(soup: BeautifulSoup) -> Stream:
    """Return a stream without lines: address, date and author, where HTML gives them."""
    data = next(_articles_described(soup), {})
    canonical = soup.head.find("link", rel="canonical") if soup.head else None
    address = canonical.get("href") if canonical else None
    address = str(address or _meta(soup, "property", "og:url") or "").strip()
    author = _meta(soup, "name", "author") or _author(data.get("author"))
    return Stream(
        [],
        is_html=True,
        url=address if _ADDRESS.fullmatch(address) else None,
        published_at=_meta(soup, "property", "article:published_time")
        or _text(data.get("datePublished"))
        or _meta(soup, "itemprop", "datePublished"),
        author=author if author and len(author) <= LONGEST_AUTHOR else None,
    )


def _meta(soup: BeautifulSoup, key: str, value: str) -> str | None:
    tag = soup.head.find("meta", attrs={key: value}) if soup.head else None
    return _text(tag.get("content")) if tag else None


def _text(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _author(value: Any) -> str | None:
    """Read JSON-LD's author: a name, a person, or a list of either."""
    people = value if isinstance(value, list) else [value]
    names = [_text(p.get("name") if isinstance(p, dict) else p) for p in people[:20]]
    return ", ".join(name for name in names if name) or None


def _articles_described(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    for script in soup.find_all("script", type="application/ld+json", limit=20):
        if len(written := script.get_text()) > _LONGEST_SCRIPT:
            continue
        try:
            found = json.loads(written)
        except (ValueError, RecursionError):
            continue  # someone else's data: the page can be read without it
        things = found if isinstance(found, list) else [found]
        for thing in things:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                parts = graph if isinstance(graph, list) else []
                yield from filter(_is_article, [thing, *parts])


def _is_article(thing: object) -> bool:
    kind = thing.get("@type") if isinstance(thing, dict) else None
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and _ARTICLE_TYPES.fullmatch(k) for k in kinds)
