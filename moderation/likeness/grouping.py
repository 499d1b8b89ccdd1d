"""Who keeps the fingerprints of texts, and puts nearly the same texts in one group."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Min

from comments.models import Comment, Revision
from moderation.likeness.fingerprint import (
    ALIKE,
    LONG,
    bands,
    fingerprint,
    letters_of,
    likeness,
    shingles,
)
from moderation.likeness.languages import language_of
from moderation.likeness.models import TextBand, TextPrint

COMPARED = 20
"""Earlier texts with a band in common that a text is compared with, for each band."""


@dataclass(slots=True)
class _Text:
    """A text on its way to a group, or in one: ``likeness`` is then its key."""

    text_print: TextPrint
    pieces: frozenset[str]
    bands: list[int] = field(default_factory=list)


def store_prints(read: Iterable[tuple[Revision, Sequence[str]]]) -> None:
    """Keep language and fingerprint of revisions, each with the languages it tells.

    A text that is read again keeps its group. One query.
    """
    TextPrint.objects.bulk_create(
        [
            TextPrint(
                revision=revision,
                language=language_of(languages),
                exact=fingerprint(letters_of(revision.text)),
            )
            for revision, languages in read
        ],
        update_conflicts=True,
        unique_fields=["revision"],
        update_fields=["language", "exact"],
    )


def group_alike(comments: Iterable[Comment]) -> dict[int | None, int | None]:
    """Put the texts of ``comments``, which come to the queue, into groups.

    Returns {revision: key of its group} of those put into one now.

    Same fingerprint, same group; else the group of the text that is most like it, if
    one is alike; else a group of its own. Short texts are alike only if they are the
    same, under one article. What is in a group stays there. The number of queries does
    not depend on that of the comments.
    """
    articles = {c.revision_id: c.article_id for c in comments if c.revision_id}
    if not articles:
        return {}
    waiting = TextPrint.objects.filter(revision__in=articles, likeness=None)
    found = list(
        waiting.filter(exact__isnull=False).select_related("revision").order_by("pk")
    )
    long: list[_Text] = []
    for each in found:
        letters = letters_of(each.revision.text)
        if len(letters) < LONG:
            each.likeness = fingerprint(letters, within=articles[each.pk])
        else:
            long.append(_Text(each, shingles(letters)))
    if long:
        _group_long(long)
    TextPrint.objects.bulk_update(found, ["likeness"], batch_size=500)
    return {each.pk: each.likeness for each in found}


def _group_long(texts: Sequence[_Text]) -> None:
    same = dict(
        TextPrint.objects.filter(
            exact__in={text.text_print.exact for text in texts}, likeness__isnull=False
        )
        .order_by()
        .values_list("exact")
        .annotate(Min("likeness"))
    )
    new: list[_Text] = []
    for text in texts:
        exact = text.text_print.exact
        text.text_print.likeness = same.get(exact)
        if exact not in same:
            same[exact] = None  # copies among these texts follow the first one
            text.bands = bands(text.pieces)
            new.append(text)
    groups = _Groups(new)
    for text in new:
        exact = text.text_print.exact
        same[exact] = text.text_print.likeness = groups.of(text) or exact
        groups.add(text)
    for text in texts:
        text.text_print.likeness = same[text.text_print.exact]
    TextBand.objects.bulk_create(
        [
            TextBand(text_print=text.text_print, value=v)
            for text in new
            for v in text.bands
        ],
        ignore_conflicts=True,
    )


class _Groups:
    """The texts that may be like some new ones, by their bands."""

    def __init__(self, new: Sequence[_Text]) -> None:
        self._by_band: dict[int, list[_Text]] = defaultdict(list)
        values = {value for text in new for value in text.bands}
        rows = TextBand.objects.filter(value__in=values).order_by()
        pairs = list(rows.values_list("value", "text_print")[: COMPARED * len(values)])
        prints = (
            TextPrint.objects.filter(likeness__isnull=False)
            .select_related("revision")
            .in_bulk({pk for _value, pk in pairs})
        )
        earlier = {
            pk: _Text(each, shingles(letters_of(each.revision.text)))
            for pk, each in prints.items()
        }
        for value, pk in pairs:
            if pk in earlier:
                self._by_band[value].append(earlier[pk])

    def of(self, text: _Text) -> int | None:
        """The group of the text that is most like ``text``; None if none is alike."""
        near = {
            id(other): other
            for value in text.bands
            for other in self._by_band[value][:COMPARED]
        }
        best, group = ALIKE, None
        for other in near.values():
            here = likeness(text.pieces, other.pieces)
            if here > best or (here == best and group is None):
                best, group = here, other.text_print.likeness
        return group

    def add(self, text: _Text) -> None:
        for value in text.bands:
            self._by_band[value].append(text)
