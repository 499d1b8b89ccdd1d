"""What a page says. Facts it does not print are None: nothing is guessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WARNINGS = {
    "comments_count_mismatch": gettext_lazy(
        "la page annonce %(declared)s commentaires, il y en a %(found)s"
    ),
    "comments_gone": gettext_lazy(
        "Commentaires gardés que la page n’imprime plus : %(count)s."
    ),
    "encoding_guessed": gettext_lazy("codage inconnu, lu comme %(encoding)s"),
    "lede_uncertain": gettext_lazy(
        "rien ne distingue le chapeau du premier paragraphe : « %(text)s »"
    ),
    "picture_left_out": gettext_lazy(
        "légende d’une autre image laissée : « %(text)s »"
    ),
    "published_at_invalid": gettext_lazy("date de parution illisible : « %(text)s »"),
    "teaser_unmatched": gettext_lazy(
        "extrait laissé à sa place, bien qu’il ne répète pas le début : « %(text)s »"
    ),
    "timestamp_ambiguous": gettext_lazy(
        "l’heure « %(text)s » a existé deux fois cette nuit-là : la première est retenue"
    ),
    "timestamp_invalid": gettext_lazy("heure impossible : « %(text)s »"),
    "timestamp_nonexistent": gettext_lazy(
        "l’heure « %(text)s » n’a pas existé cette nuit-là : comptée en heure d’avant"
    ),
}
"""What an import may have to say, by code."""


@dataclass(frozen=True, slots=True)
class PageWarning:
    """Something an editor should check. ``comment`` is a number on the page, from 1."""

    code: str
    comment: int | None = None
    details: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of(
        cls, code: str, *, comment: int | None = None, **details: str | int
    ) -> "PageWarning":
        return cls(code, comment, tuple(details.items()))

    def __str__(self) -> str:
        said = str(WARNINGS[self.code]) % dict(self.details)
        if self.comment is None:
            return said
        return _("commentaire %(number)d : %(message)s") % {
            "number": self.comment,
            "message": said,
        }

    def as_json(self) -> dict[str, Any]:
        place = {} if self.comment is None else {"comment": self.comment}
        return {**place, "warning": self.code, **dict(self.details)}


@dataclass(frozen=True, slots=True)
class Picture:
    """The article's picture: its line as printed, and the two halves of that line."""

    line: str | None
    caption: str | None
    credit: str | None
    day: date | None = None
    src: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "caption": self.caption,
            "credit": self.credit,
            "date": self.day.isoformat() if self.day else None,
            "src": self.src,
        }


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    title: str
    kicker: str | None = None
    section: str | None = None
    topic: str | None = None
    lede: str | None = None
    image: Picture | None = None
    author: str | None = None
    published_at: datetime | None = None
    url: str | None = None
    published_not_after: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kicker": self.kicker,
            "section": self.section,
            "topic": self.topic,
            "title": self.title,
            "lede": self.lede,
            "image": self.image.as_json() if self.image else None,
            "author": self.author,
            "published_at": _iso(self.published_at),
            "url": self.url,
            "published_not_after": _iso(self.published_not_after),
        }


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body. ``paragraph`` counts the paragraphs alone, from 1."""

    type: Literal["paragraph", "subhead", "related_inline"]
    text: str
    joined_to_previous: bool
    paragraph: int | None = None

    def as_json(self) -> dict[str, Any]:
        counted = {} if self.paragraph is None else {"paragraph": self.paragraph}
        return {
            "type": self.type,
            "text": self.text,
            "joined_to_previous": self.joined_to_previous,
            **counted,
        }


@dataclass(frozen=True, slots=True)
class Link:
    """A « Lire aussi ». ``after_paragraph``: the last one before an inline link, or 0.

    ``block`` is the place, from 0, of an inline link's block in the body.
    """

    placement: Literal["inline", "list"]
    label: str
    title: str
    url: str | None = None
    after_paragraph: int | None = None
    block: int | None = None

    def as_json(self) -> dict[str, Any]:
        inline = self.placement == "inline"
        place = {"after_paragraph": self.after_paragraph} if inline else {}
        return {
            "placement": self.placement,
            "label": self.label,
            "title": self.title,
            "url": self.url,
            **place,
        }


@dataclass(frozen=True, slots=True)
class ParsedComment:
    """One reader's comment; ``parent`` is the number of the one it answers, if any."""

    number: int
    author: str
    timestamp_raw: str
    published_at: datetime | None
    text: str
    parent: int | None = None

    def as_json(self) -> dict[str, Any]:
        at = self.published_at
        utc = at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
        return {
            "n": self.number,
            "author": self.author,
            "timestamp_raw": self.timestamp_raw,
            "published_at": _iso(at),
            "published_at_utc": utc,
            "text": self.text,
            **({} if self.parent is None else {"parent": self.parent}),
        }


@dataclass(frozen=True, slots=True)
class ParsedPage:
    article: ParsedArticle
    body: tuple[Block, ...]
    related: tuple[Link, ...]
    comments_declared: int | None
    comments: tuple[ParsedComment, ...]
    warnings: tuple[PageWarning, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the object that `import_page --json` prints."""
        return {
            "article": self.article.as_json(),
            "body": [block.as_json() for block in self.body],
            "related": [link.as_json() for link in self.related],
            "comments_declared": self.comments_declared,
            "comments": [comment.as_json() for comment in self.comments],
            "warnings": [warning.as_json() for warning in self.warnings],
        }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
