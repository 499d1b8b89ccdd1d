"""An article's body as its page prints it: blocks joined, inline links in place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from articles.models import Article, Block, RelatedLink


@dataclass(frozen=True, slots=True)
class Related:
    """A « Lire aussi »: its title as printed; ``href`` is empty if it leads nowhere.

    In the text the title stands between ``before``, « (Lire aussi : », and ``after``.
    """

    title: str
    href: str
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Part:
    """One element of the body: a paragraph of some lines, a subhead, a link."""

    kind: str
    lines: list[str] = field(default_factory=list)
    related: Related | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The whole body, and the « Lire aussi » list printed below it."""

    parts: list[Part]
    related: list[Related]


def body_of(article: Article) -> Body:
    """Read the body of ``article`` in two queries, whatever its length."""
    links = list(article.related_links.select_related("target"))
    inline = {
        link.position: link
        for link in links
        if link.placement == RelatedLink.Placement.INLINE
    }
    listed = [
        Related(link.title, destination(link))
        for link in links
        if link.placement == RelatedLink.Placement.LIST
    ]
    return Body(_parts(article.blocks.all(), inline), listed)


def opening_of(article: Article, paragraphs: int) -> list[str]:
    """The first paragraphs alone, for a front page that has room."""
    return list(
        article.blocks.filter(type=Block.Type.PARAGRAPH).values_list("text", flat=True)[
            :paragraphs
        ]
    )


def destination(link: RelatedLink) -> str:
    """Where ``link`` leads: its published article, else an absolute web address.

    An address relative to the site a page was imported from leads nowhere here.
    """
    if link.target is not None and link.target.status == Article.Status.PUBLISHED:
        return link.target.get_absolute_url()
    try:
        address = urlsplit(link.url)
    except ValueError:
        return ""
    absolute = address.scheme in {"http", "https"} and bool(address.netloc)
    return link.url if absolute else ""


def _parts(blocks: Iterable[Block], inline: dict[int, RelatedLink]) -> list[Part]:
    parts: list[Part] = []
    for block in blocks:
        if (
            block.joined_to_previous
            and block.type == Block.Type.PARAGRAPH
            and parts
            and parts[-1].kind == Block.Type.PARAGRAPH
        ):
            parts[-1].lines.append(block.text)
            continue
        part = Part(block.type, [block.text], joined=block.joined_to_previous)
        if block.type == Block.Type.RELATED_INLINE:
            part.related = _inline(block.text, inline.get(block.position))
        parts.append(part)
    return parts


def _inline(text: str, link: RelatedLink | None) -> Related:
    """``text`` as printed, with its title alone as the link."""
    if link is None:
        return Related(text, "")
    before, title, after = text.partition(link.title)
    if not title:
        return Related(text, destination(link))
    return Related(title, destination(link), before, after)
