"""An article and the comments on its page as schema.org data, for search engines.

https://schema.org/NewsArticle, https://schema.org/Comment. Only facts that the page
shows: what the newspaper does not know is left out.
"""

import json
import re
from html import unescape
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from comments.masking import in_readers_words
from comments.threads import Card, ThreadPage
from newsroom.addresses import absolute

ESCAPES = str.maketrans(
    {char: f"\\u{ord(char):04x}" for char in ("<", ">", "&", "\u2028", "\u2029")}
)
"""What could end the script element, or a line within it; JSON reads them back."""
TAG = re.compile(r"<[^>]*>")


def article_data(article: Article, page: ThreadPage) -> dict[str, Any]:
    """Describe ``article`` and the comments of ``page``, no query needed.

    ``article.section`` must have been fetched with it.
    """
    address = absolute(article.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": article.title,
        "inLanguage": article.language,
        "articleSection": article.section.name,
        "publisher": {
            "@type": "Organization",
            "name": settings.NEWSPAPER_NAME,
            "url": absolute(reverse("front")),
        },
        "commentCount": article.comment_count,
    }
    if article.lede:
        data["description"] = article.lede
    if article.byline:
        # A person or an agency: the page does not say which
        data["author"] = {"name": article.byline}
    if article.published_at:
        data["datePublished"] = article.published_at.isoformat(timespec="seconds")
    if article.image:
        data["image"] = absolute(article.image.url)
    if page.cards:
        shown = {card.pk for card in page.cards}
        shown |= {parent.pk for parent in page.parents.values() if parent.shown}
        data["comment"] = [_comment(card, shown) for card in page.cards]
    return data


def json_ld(article: Article, page: ThreadPage) -> SafeString:
    """`article_data` as JSON that can stand in a script element, whatever it holds."""
    text = json.dumps(article_data(article, page), ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _comment(card: Card, shown: set[int]) -> dict[str, Any]:
    address = absolute(reverse("comment", args=[card.pk]))
    data: dict[str, Any] = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "text": _plain(in_readers_words(card.html)),
        "author": {"@type": "Person", "name": card.author},
    }
    if card.created_at:
        data["dateCreated"] = card.created_at.isoformat(timespec="seconds")
    if card.parent_pk in shown:
        parent = absolute(reverse("comment", args=[card.parent_pk]))
        data["parentItem"] = {"@type": "Comment", "@id": parent}
    return data


def _plain(html: str) -> str:
    """The text that `comments.rendering.render` made ``html`` from."""
    lines = html.replace("<br>", "\n").replace("</p><p", "\n\n</p><p")
    return unescape(TAG.sub("", lines))
