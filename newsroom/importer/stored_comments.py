"""An imported page's comments: which are known, new, changed or gone."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from articles.models import Article
from comments.models import Comment
from comments.services import PrintedComment, imported_commenter, sort_key
from moderation.services import import_comment, reimport_comment
from newsroom.importer.page import ParsedComment

SOURCE = "page"


@dataclass(frozen=True, slots=True)
class _Found:
    """A comment of the page with its identity and its place among the others."""

    comment: ParsedComment
    external_id: str
    sorted_at: datetime
    tie: int


def store_comments(
    article: Article, comments: Sequence[ParsedComment]
) -> tuple[list[str], int]:
    """Store the page's comments below ``article``; return what changed, in sentences.

    ``comments`` come newest first, as printed. A comment known already stays as it
    is, also if a moderator has hidden it; those that the page no longer prints stay
    too, and are counted: the second answer.
    """
    found = _identified(comments)
    held = {
        comment.external_id: comment
        for comment in article.comments.filter(source=SOURCE).select_related(
            "author", "revision"
        )
    }
    new = [f for f in found if f.external_id not in held]
    gone = [held[key] for key in held.keys() - {f.external_id for f in found}]
    changed = 0
    stored = {
        f.comment.number: held[f.external_id] for f in found if f.external_id in held
    }
    for item in list(new):
        before = _same_printed(item, gone)
        if before is not None:
            reimport_comment(before, item.comment.text)
            Comment.objects.filter(pk=before.pk).update(external_id=item.external_id)
            stored[item.comment.number] = before
            gone.remove(before)
            new.remove(item)
            changed += 1
    _import_new(article, new, stored)
    return _sentences(len(new), changed), len(gone)


def _identified(comments: Sequence[ParsedComment]) -> list[_Found]:
    """Oldest first. Equal comments differ by the number of their occurrence."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    latest = _a_known_time(comments)
    for tie, comment in enumerate(reversed(comments), start=1):
        key = (comment.author, comment.timestamp_raw, comment.text)
        seen[key] += 1
        identity = "\0".join((*key, str(seen[key])))
        external_id = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        # The page's order holds, also around an impossible time
        latest = max(latest, comment.published_at or latest)
        found.append(_Found(comment, external_id, latest, tie))
    return found


def _a_known_time(comments: Sequence[ParsedComment]) -> datetime:
    known = [c.published_at for c in comments if c.published_at]
    return min(known, default=timezone.now())


def _same_printed(item: _Found, gone: list[Comment]) -> Comment | None:
    """The one comment by this author at this time that the page no longer prints."""
    same = [
        comment
        for comment in gone
        if comment.author.name == item.comment.author
        and comment.printed_time == item.comment.timestamp_raw
    ]
    return same[0] if len(same) == 1 else None


def _import_new(
    article: Article, new: list[_Found], stored: dict[int, Comment]
) -> None:
    """Store the new ones, a reply after the comment it answers."""
    taken = set(article.comments.values_list("position", flat=True))
    waiting = list(new)
    while waiting:
        ready = [
            f for f in waiting if f.comment.parent is None or f.comment.parent in stored
        ]
        ready = ready or waiting
        for item in ready:
            parent = stored.get(item.comment.parent or 0)
            tie = item.tie
            while sort_key(parent, item.sorted_at, tie)[0] in taken:
                tie += 1
            taken.add(sort_key(parent, item.sorted_at, tie)[0])
            stored[item.comment.number] = import_comment(
                article,
                PrintedComment(
                    author=imported_commenter(item.comment.author, source=SOURCE),
                    text=item.comment.text,
                    created_at=item.comment.published_at,
                    printed_time=item.comment.timestamp_raw,
                    source=SOURCE,
                    external_id=item.external_id,
                    sorted_at=item.sorted_at,
                    tie=tie,
                    parent=parent,
                ),
            )
        done = {item.external_id for item in ready}
        waiting = [f for f in waiting if f.external_id not in done]


def _sentences(new: int, changed: int) -> list[str]:
    said = []
    if new:
        said.append(
            ngettext("%(n)d commentaire ajouté.", "%(n)d commentaires ajoutés.", new)
            % {"n": new}
        )
    if changed:
        said.append(
            ngettext(
                "%(n)d commentaire a un nouveau texte.",
                "%(n)d commentaires ont un nouveau texte.",
                changed,
            )
            % {"n": changed}
        )
    return said
