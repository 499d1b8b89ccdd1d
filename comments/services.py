"""The only code that writes comments. What is stored here is pending, never shown."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Article
from comments.errors import CommentRefused, PostedTooOften
from comments.masking import Mask, settled
from comments.models import MAX_DEPTH, Comment, Commenter, Revision
from comments.names import check_name, name_key
from comments.rendering import language_said, render
from comments.search import index_comment
from comments.texts import check_text

REPEATED_WITHIN = timedelta(minutes=10)
"""The same text by one author in the same place within this time is one comment."""
_NEWEST_FIRST = 0xFFFF_FFFF_FFFF_FF  # 14 hexadecimal digits of microseconds
_TIES = 0xFFFF_FFFF


@transaction.atomic
def register_commenter(user: User, name: str) -> Commenter:
    """Let ``user`` sign comments as ``name``. Raises ValidationError for a bad name."""
    check_name(name)
    return Commenter.objects.create(user=user, name=name, name_key=name_key(name))


def imported_commenter(name: str, *, source: str) -> Commenter:
    """The one commenter whom ``source`` prints as ``name``, exactly as printed."""
    return Commenter.objects.get_or_create(
        name=name, source=source, user=None, defaults={"name_key": name_key(name)}
    )[0]


def sort_key(
    parent: Comment | None, at: datetime, tie: int | None = None
) -> tuple[str, int]:
    """Return the place in the thread, as text that sorts, and its depth.

    A thread's first comment counts time backwards (newest first), replies forwards;
    a reply's key extends its parent's. ``tie`` orders comments of one microsecond:
    the greater one is shown first. Hexadecimal digits sort alike in every collation.
    """
    micros = int(at.astimezone(UTC).timestamp() * 1_000_000)
    tie = secrets.randbelow(_TIES) if tie is None else tie
    if parent is None:
        return f"{_NEWEST_FIRST - micros:014x}{_TIES - tie:08x}", 0
    depth = min(parent.depth + 1, MAX_DEPTH)
    return f"{parent.position[: 22 * depth]}{micros:014x}{_TIES - tie:08x}", depth


@transaction.atomic
def store_comment(
    *,
    article: Article,
    author: Commenter,
    text: str,
    parent: Comment | None = None,
    submission_key: UUID | None = None,
) -> tuple[Comment, bool]:
    """Store what a reader just wrote, pending; return it and whether it is new.

    A form sent twice (same ``submission_key``, or the same text again within
    REPEATED_WITHIN) gives the comment it made the first time. Raises InvalidText and
    PostedTooOften. The author's row is locked, so that both checks are reliable.
    """
    check_text(text)
    if parent is not None and parent.article_id != article.pk:
        raise CommentRefused(_("Ce commentaire répond à un autre article."))
    now = timezone.now()
    author = Commenter.objects.select_for_update().get(pk=author.pk)
    repeated = author.comments.filter(article=article, parent=parent)
    if submission_key and (
        made := author.comments.filter(submission_key=submission_key).first()
    ):
        return made, False
    if made := repeated.filter(
        received_at__gte=now - REPEATED_WITHIN, revision__text=text
    ).first():
        return made, False
    recent = author.comments.filter(received_at__gte=now - timedelta(minutes=1))
    if recent.count() >= settings.COMMENTS_PER_MINUTE:
        raise PostedTooOften(
            _("Vous écrivez beaucoup : attendez une minute avant de publier encore.")
        )
    _remember_language(author)
    position, depth = sort_key(parent, now)
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        author=author,
        created_at=now,
        received_at=now,
        position=position,
        depth=depth,
        submission_key=submission_key,
    )
    add_revision(comment, text)
    return comment, True


def _remember_language(author: Commenter) -> None:
    """Keep the language that ``author`` reads the site in: mail is written in it."""
    language = (get_language() or author.language)[:2]
    if language != author.language and language in dict(settings.LANGUAGES):
        author.language = language
        author.save(update_fields=["language"])


@dataclass(frozen=True, slots=True)
class PrintedComment:
    """A comment as a page prints it.

    ``created_at`` is null where the page prints an impossible time; ``sorted_at`` is
    then its neighbour's. ``tie`` counts the page's comments from the oldest, so that
    those of one minute keep the page's order. ``external_id`` is unique in ``source`` and article.
    """

    author: Commenter
    text: str
    created_at: datetime | None
    printed_time: str
    source: str
    external_id: str
    sorted_at: datetime
    tie: int
    parent: Comment | None = None


@transaction.atomic
def store_printed_comment(article: Article, printed: PrintedComment) -> Comment:
    """Store a comment found on a page, pending."""
    position, depth = sort_key(printed.parent, printed.sorted_at, printed.tie)
    comment = Comment.objects.create(
        article=article,
        parent=printed.parent,
        author=printed.author,
        created_at=printed.created_at,
        printed_time=printed.printed_time,
        position=position,
        depth=depth,
        source=printed.source,
        external_id=printed.external_id,
    )
    add_revision(comment, printed.text)
    return comment


@transaction.atomic
def add_revision(comment: Comment, text: str) -> Revision:
    """Give ``comment`` a new exact text, rendered; it is pending again.

    The row is locked and read again first: a text must not slip under a decision that
    was taken on the one before (TRUST S-13).
    """
    comment.refresh_from_db(
        fields=["status", "revision"],
        from_queryset=Comment.objects.select_for_update(no_key=True),
    )
    number = comment.revision.number + 1 if comment.revision else 1
    revision = Revision.objects.create(comment=comment, number=number, text=text)
    if comment.status != Comment.Status.PENDING:
        set_status(comment, Comment.Status.PENDING)
    comment.revision = revision
    comment.html = render(text)
    comment.save(update_fields=["revision", "html"])
    index_comment(comment, revision)
    return revision


@transaction.atomic
def set_masks(comment: Comment, masks: Iterable[Mask]) -> Revision:
    """Let readers see the current text of a locked ``comment`` without ``masks`` alone.

    They take the place of those it had. Its HTML, what search finds and its article's
    page follow; the text itself stays as it is. Raises ValueError (see `settled`).
    """
    assert comment.revision_id is not None  # every stored comment has a text
    revision = Revision.objects.get(pk=comment.revision_id)
    revision.masks = settled(masks, revision.text)
    revision.save(update_fields=["masks"])
    comment.revision = revision
    said = language_said(comment.html)
    comment.html = render(revision.text, revision.masked_spans, language=said)
    comment.save(update_fields=["html"])
    index_comment(comment, revision)
    if comment.status == Comment.Status.PUBLISHED:
        Article.objects.filter(pk=comment.article_id).update(version=F("version") + 1)
    return revision


@transaction.atomic
def name_language(comment: Comment, language: str) -> None:
    """Say to readers' machines that the text of ``comment`` is in ``language``.

    That is an ISO 639-1 code: a screen reader then speaks the text so (TRUST A-10).
    """
    if comment.revision is None:
        return
    revision = comment.revision
    html = render(revision.text, revision.masked_spans, language=language)
    if html == comment.html:
        return
    comment.html = html
    comment.save(update_fields=["html"])
    if comment.status == Comment.Status.PUBLISHED:
        Article.objects.filter(pk=comment.article_id).update(version=F("version") + 1)


def set_status(comment: Comment, status: Comment.Status) -> None:
    """Show or withdraw ``comment``, and count it on its article in the same breath."""
    set_statuses([(comment, status)])


@transaction.atomic
def set_statuses(changes: Iterable[tuple[Comment, Comment.Status]]) -> None:
    """Show or withdraw comments, and count them on their articles.

    Articles are locked in the order of their keys, so that two callers at once wait
    for each other instead of both failing.
    """
    keys: dict[Comment.Status, list[int]] = defaultdict(list)
    shown_more: dict[int, int] = defaultdict(int)
    for comment, status in changes:
        before = Comment.Status(comment.status)
        if before == status:
            continue
        comment.status = status
        keys[status].append(comment.pk)
        shown_more[comment.article_id] += (status == Comment.Status.PUBLISHED) - (
            before == Comment.Status.PUBLISHED
        )
    for status, changed in keys.items():
        Comment.objects.filter(pk__in=changed).update(status=status)
    for article, more in sorted(shown_more.items()):
        Article.objects.filter(pk=article).update(
            comment_count=F("comment_count") + more, version=F("version") + 1
        )
