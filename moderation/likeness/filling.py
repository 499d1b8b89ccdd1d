"""Languages and fingerprints of the texts that were stored before there were any."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from comments.models import Comment, Revision
from comments.services import name_language
from moderation.likeness.grouping import store_prints
from moderation.likeness.languages import Language, certain_language
from moderation.likeness.models import TextPrint
from moderation.models import QueueEntry
from moderation.rules.detection import detected
from moderation.rules.folding import words_of


def fill_prints(*, batch: int = 500) -> Iterator[int]:
    """Read every text that has no fingerprint; yield how many are done so far.

    One transaction a batch: killed anywhere, the next run goes on after it. Texts that
    are posted meanwhile have theirs already.
    """
    after = done = 0
    missing = Revision.objects.filter(
        ~Exists(TextPrint.objects.filter(revision=OuterRef("pk")))
    )
    while True:
        with transaction.atomic():
            rows = missing.filter(pk__gt=after).order_by("pk")
            revisions = list(rows.defer("created_at")[:batch])
            store_prints((r, detected(words_of(r.text), r.text)) for r in revisions)
            _name_english(revisions)
        if not revisions:
            return
        after = revisions[-1].pk
        done += len(revisions)
        yield done


def fill_queue(*, batch: int = 200) -> Iterator[int]:
    """Put what waits already into groups; yield how many entries are done so far.

    To be run after `fill_prints`. Entries that have a group keep it.
    """
    after = done = 0
    while True:
        with transaction.atomic():
            rows = QueueEntry.objects.filter(pk__gt=after, likeness=None)
            entries = list(
                rows.order_by("pk")
                .select_related("comment")
                .select_for_update(of=("self",), no_key=True)[:batch]
            )
            QueueEntry.copy(entries)
            QueueEntry.objects.bulk_update(entries, ["language", "likeness"])
        if not entries:
            return
        after = entries[-1].pk
        done += len(entries)
        yield done


def _name_english(revisions: list[Revision]) -> None:
    english = {r.pk for r in revisions if certain_language(r.text) == Language.ENGLISH}
    current = Comment.objects.filter(revision__in=english).select_related("revision")
    for comment in current.select_for_update(of=("self",), no_key=True).order_by("pk"):
        name_language(comment, Language.ENGLISH)
