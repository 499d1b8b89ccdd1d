"""Groups of comments that wait: nearly the same texts, and one author's bursts."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Min, Q

from comments.models import Comment
from moderation.likeness.fingerprint import LONG, letters_of
from moderation.likeness.models import TextPrint
from moderation.models import QueueEntry
from moderation.recent import recent

FEWEST_ALIKE = 2
"""Comments of nearly the same text that make a group."""
FEWEST_SHORT = 3
"""The same for short texts, which people say without knowing of each other."""
FEWEST_IN_BURST = 3
BURST = timedelta(minutes=10)
LISTED, FEWEST_LISTED = 6, 3
"""Groups named beside the queue, and the least size of these."""
SECONDS = 15
"""How old that list may be."""
GROUP_KEY = re.compile(r"\A(?:t([0-9a-f]{16})|a(\d{1,18})-(\d{1,16}))\Z", re.ASCII)
"""A group as addresses name it: its texts' likeness, or an author and a time."""
_NEIGHBOURS = 2000  # comments that are read to find the bursts of a page
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Alike:
    """So many comments wait that say nearly the same."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Burst:
    """So many comments wait that one author wrote within ``lasted``."""

    key: str
    count: int
    lasted: timedelta


@dataclass(frozen=True, slots=True)
class CardGroups:
    """The groups that one comment is in, if it is in any."""

    alike: Alike | None = None
    burst: Burst | None = None


NO_GROUP = CardGroups()


@dataclass(frozen=True, slots=True)
class LargeGroup:
    """A group with the text of one of its comments."""

    alike: Alike
    text: str


def in_group(key: str, *, comments: bool = False) -> Q:
    """The condition that a queue entry, or any comment, is in the group ``key``.

    Those of one text have waited at least once. Nothing is in an unknown group.
    """
    found = GROUP_KEY.match(key)
    if found is None:
        return Q(pk__in=())
    if (text := found[1]) is None:
        author, since = author_and_start(key)
        moment = "created_at" if comments else "written_at"
        return Q(("author", author), (f"{moment}__range", (since, since + BURST)))
    likeness = int.from_bytes(bytes.fromhex(text), "big", signed=True)
    if not comments:
        return Q(likeness=likeness)
    return Q(revision__in=TextPrint.objects.filter(likeness=likeness).values("pk"))


def is_of_texts(key: str) -> bool:
    """Whether the group ``key`` is one of nearly the same texts."""
    return key.startswith("t")


def author_and_start(key: str) -> tuple[int, datetime]:
    """The author's key of the burst ``key``, and when its first comment was written."""
    author, _separator, start = key.removeprefix("a").partition("-")
    return int(author), _EPOCH + int(start) * _MICROSECOND


def card_groups(entries: Iterable[QueueEntry | None]) -> dict[int, CardGroups]:
    """{comment: the groups it is in}, for those of ``entries`` that are in one.

    Entries come with their comments' texts. Two queries, whatever their number.
    """
    waiting = [entry for entry in entries if entry is not None]
    if not waiting:
        return {}
    sizes = _sizes({e.likeness for e in waiting if e.likeness is not None})
    times = _times_near(waiting)
    found: dict[int, CardGroups] = {}
    for entry in waiting:
        alike = _alike(entry, sizes.get(entry.likeness or 0, 0))
        burst = _burst(entry, times[entry.author_id])
        if alike or burst:
            found[entry.pk] = CardGroups(alike, burst)
    return found


def large_groups() -> list[LargeGroup]:
    """Those with most to decide, as of SECONDS ago at most."""
    return recent("groups", _large_groups, seconds=SECONDS)


def _large_groups() -> list[LargeGroup]:
    counted = (
        QueueEntry.objects.filter(likeness__isnull=False)
        .order_by()
        .values("likeness")
        .annotate(size=Count("pk"), first=Min("pk"))
        .filter(size__gte=FEWEST_LISTED)
        .order_by("-size", "likeness")
    )
    rows = list(counted[:LISTED])
    texts = dict(
        Comment.objects.filter(pk__in=[row["first"] for row in rows]).values_list(
            "pk", "revision__text"
        )
    )
    return [
        LargeGroup(
            Alike(_text_key(row["likeness"] or 0), row["size"]), texts[row["first"]]
        )
        for row in rows
        if row["first"] in texts
    ]


def _sizes(groups: set[int]) -> dict[int, int]:
    counted = QueueEntry.objects.filter(likeness__in=groups).order_by()
    return dict(counted.values_list("likeness").annotate(Count("pk")))


def _alike(entry: QueueEntry, size: int) -> Alike | None:
    if size < FEWEST_ALIKE or entry.likeness is None:
        return None
    revision = entry.comment.revision
    if size < FEWEST_SHORT and revision and len(letters_of(revision.text)) < LONG:
        return None
    return Alike(_text_key(entry.likeness), size)


def _times_near(entries: Sequence[QueueEntry]) -> dict[int, list[datetime]]:
    """{author: when the comments were written that wait, the oldest first}.

    Only comments less than a burst away from one of ``entries``.
    """
    near = Q(pk__in=())
    for entry in entries:
        if (at := entry.written_at) is not None:
            near |= Q(
                author=entry.author_id, written_at__range=(at - BURST, at + BURST)
            )
    times: dict[int, list[datetime]] = defaultdict(list)
    rows = QueueEntry.objects.filter(near).order_by("written_at")
    for author, moment in rows.values_list("author", "written_at")[:_NEIGHBOURS]:
        if moment is not None:
            times[author].append(moment)
    return times


def _burst(entry: QueueEntry, times: Sequence[datetime]) -> Burst | None:
    """The fullest ten minutes around ``entry``, the earliest if several are."""
    at = entry.written_at
    if at is None or len(times) < FEWEST_IN_BURST:
        return None
    best: tuple[int, int] | None = None
    for start in range(bisect_left(times, at - BURST), bisect_right(times, at)):
        count = bisect_right(times, times[start] + BURST) - start
        if best is None or count > best[0]:
            best = count, start
    if best is None or best[0] < FEWEST_IN_BURST:
        return None
    count, start = best
    since = times[start]
    key = f"a{entry.author_id}-{(since - _EPOCH) // _MICROSECOND}"
    return Burst(key, count, times[start + count - 1] - since)


def _text_key(likeness: int) -> str:
    return f"t{likeness.to_bytes(8, 'big', signed=True).hex()}"
