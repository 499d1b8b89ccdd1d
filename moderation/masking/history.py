"""Maskings as moderators look them up: of one comment, of one author, over time."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Prefetch, Subquery

from comments.models import Comment
from moderation.masking.models import Masking, MaskingQuerySet
from moderation.models import Decision


def known_maskings() -> MaskingQuerySet:
    """Maskings, the latest first, with all that a list of them shows."""
    return Masking.objects.all().select_related(
        "moderator", "lifted_by", "revision", "comment__author", "comment__article"
    )


def maskings_of(comment: Comment) -> MaskingQuerySet:
    return known_maskings().with_charter().filter(comment=comment)


def told_maskings(comments: Collection[Comment]) -> dict[int, list[Masking]]:
    """{comment's key: what its author is told is masked in its text today}.

    No query if none of ``comments``, whose revisions were fetched, has a mask.
    """
    masked = [c.pk for c in comments if c.revision is not None and c.revision.masks]
    if not masked:
        return {}
    found: dict[int, list[Masking]] = {}
    standing = known_maskings().standing().of_current_text().with_charter()
    for masking in standing.filter(comment__in=masked):
        found.setdefault(masking.comment_id, []).append(masking)
    return found


def with_maskings() -> Prefetch:
    """For comments: `masked` is then what is masked in their texts today."""
    return Prefetch(
        "maskings",
        queryset=known_maskings().standing().of_current_text(),
        to_attr="masked",
    )


def with_all_maskings() -> Prefetch:
    """For comments: `all_maskings`, the latest first, lifted ones too."""
    return Prefetch("maskings", queryset=known_maskings(), to_attr="all_maskings")


def maskings_between(
    since: datetime | None, before: int | None, *, by: User | None = None
) -> MaskingQuerySet:
    """Those made after ``since``, up to the decision of the key ``before``.

    None stands for no such end; of the moderator ``by`` alone, if one is given.
    """
    found = known_maskings()
    if since is not None:
        found = found.filter(created_at__gt=since)
    if before is not None:
        last = Decision.objects.filter(pk=before).values("created_at")
        found = found.filter(created_at__lte=Subquery(last))
    return found.filter(moderator=by) if by is not None else found
