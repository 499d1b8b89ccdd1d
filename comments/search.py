"""Finding comments, and keeping their index. Readers find published ones only."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from articles.listing import cursor_of, parse_cursor
from articles.models import Article
from articles.search.analysis import Query, parse_query, terms
from articles.search.matching import COUNTED, HasStems, Page, holds
from comments.masking import STORED_LANGUAGE, Masks, masked_text
from comments.models import Comment, CommentTerms, Revision

PAGE_SIZE = 20
LATEST, FREQUENT = 2000, 10
"""What fewer than FREQUENT of the LATEST comments hold is rare."""
LINK_STEMS = tuple(parse_query("http www").stems)
"""Those of « https://… » and « www.… » (« https » has the stem of « http »)."""


def index_comment(comment: Comment, revision: Revision) -> None:
    """Make ``comment`` findable by the words of ``revision``, once it is published.

    By those that readers see: nothing finds what is masked. Call it in the transaction
    that wrote the text or its masks, after the comment's row.
    """
    _store([_terms_of(comment, _indexed(revision.text, revision.masked_spans))])


def reindex_comments(*, batch: int = 1000) -> Iterator[int]:
    """Index every comment again, whatever its status; yield how many are done so far.

    One transaction a batch, its comments locked: a text written meanwhile is not lost.
    """
    after = done = 0
    while True:
        with transaction.atomic():
            # Texts in a query of their own: after waiting for a lock, a joined row
            # could still be the old one
            comments = list(
                Comment.objects.select_for_update()
                .filter(pk__gt=after)
                .order_by("pk")
                .only("created_at", "received_at", "revision_id")[:batch]
            )
            current = [c.revision_id for c in comments if c.revision_id is not None]
            texts = {
                revision.pk: _indexed(revision.text, revision.masked_spans)
                for revision in Revision.objects.filter(pk__in=current)
            }
            _store(
                _terms_of(comment, texts.get(comment.revision_id or 0, ""))
                for comment in comments
            )
        if not comments:
            return
        after = comments[-1].pk
        done += len(comments)
        yield done


def search_comments(query: Query, *, after: str = "") -> Page[CommentTerms]:
    """The comments that answer ``query``, the newest first.

    Rows come with ``comment``, its author, text and article: one query. Raises
    BadCursor if ``after`` is nothing that `Page.next_after` gave.
    """
    order = ("-written_at", "-pk")
    found = _matching(query).order_by(*order)
    if after:
        moment, pk = parse_cursor(after)
        found = found.filter(
            Q(written_at__lt=moment) | Q(written_at=moment, pk__lt=pk),
            written_at__lte=moment,
        )
    # Keys are chosen first: sorting all that answers with its texts costs far more
    keys = found.values("pk")[: PAGE_SIZE + 1]
    rows = list(
        CommentTerms.objects.filter(pk__in=keys)
        .defer("terms")
        .select_related("comment__article", "comment__author", "comment__revision")
        .order_by(*order)
    )
    if len(rows) <= PAGE_SIZE:
        return Page(rows, "")
    rows.pop()
    return Page(rows, cursor_of(rows[-1].written_at, rows[-1].pk))


def count_comments(query: Query) -> int:
    """How many comments answer ``query``; COUNTED + 1 for any greater number."""
    return _matching(query)[: COUNTED + 1].count()


def in_any_state(query: Query) -> QuerySet[CommentTerms]:
    """What answers ``query`` among all comments, hidden and pending ones too.

    For moderators' eyes: neither a row nor a count of it may reach a reader.
    """
    if not query:
        return CommentTerms.objects.none()
    return CommentTerms.objects.filter(
        HasStems(tuple(query.stems), table=CommentTerms._meta.db_table),
        holds("terms", query.phrases),
    )


def are_rare(query: Query) -> bool:
    """Whether few of the latest comments, in any state, answer ``query``. Two queries."""
    newest = CommentTerms.objects.order_by("-written_at", "-pk")
    moments = newest.values_list("written_at", flat=True)
    found = in_any_state(query)
    # By their time, not their keys: two thousand keys take PostgreSQL longer to plan
    # than to find
    for since in moments[LATEST - 1 : LATEST]:
        found = found.filter(written_at__gte=since)
    return found.values("pk")[:FREQUENT].count() < FREQUENT


def with_links() -> QuerySet[CommentTerms]:
    """What holds a web address, in any state, as far as its words tell."""
    table = CommentTerms._meta.db_table
    return CommentTerms.objects.filter(
        HasStems(LINK_STEMS, table=table, any_of_them=True)
    )


def _matching(query: Query) -> QuerySet[CommentTerms]:
    return in_any_state(query).filter(
        comment__status=Comment.Status.PUBLISHED,
        comment__article__status=Article.Status.PUBLISHED,
    )


def _indexed(text: str, masks: Masks) -> str:
    if not masks:
        return text
    with override(STORED_LANGUAGE):  # as the stored HTML
        return masked_text(text, masks)


def _terms_of(comment: Comment, text: str) -> CommentTerms:
    return CommentTerms(
        comment=comment,
        written_at=comment.created_at or comment.received_at,
        terms=terms(text),
    )


def _store(entries: Iterable[CommentTerms]) -> None:
    CommentTerms.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["written_at", "terms"],
    )
