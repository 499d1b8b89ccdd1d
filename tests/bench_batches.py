"""How long a batch of decisions takes, and undoing it: a table.

`python -m tests.bench_batches [comments]`, on the database of TEST_DATABASE_URL, else
on an SQLite file. Everything is made in a test database and dropped.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

COMMENTS = 5_000
ARTICLES = 50
CHUNK = 1_000


def main(total: int) -> None:
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment

    setup_test_environment()
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            # As in production: a file that waits for the disk, not memory
            name = str(Path(folder) / "bench.sqlite3")
            connection.settings_dict["TEST"]["NAME"] = name
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure(total, connection.vendor)
        finally:
            for database, name, destroy in databases:
                if destroy:
                    database.creation.destroy_test_db(name, verbosity=0)


def measure(total: int, engine: str) -> None:
    from moderation.batches import run_batch, start_batch, undo_batch
    from moderation.filters import QueueFilters
    from moderation.models import Action
    from moderation.queue import waiting_counts
    from moderation.selections import all_matching
    from tests.factories import ModeratorFactory

    fill(total)
    moderator = ModeratorFactory()
    say(f"{engine}, {total} comments under {ARTICLES} articles: {waiting_counts()}")
    for action in (Action.PUBLISH, Action.HIDE):
        started = perf_counter()
        batch = start_batch(
            all_matching(QueueFilters()), action=action, by=moderator, reason="injure"
        )
        chosen = perf_counter()
        batch = run_batch(batch)
        decided = perf_counter()
        assert batch.done == total, batch.done
        batch = run_batch(undo_batch(batch, by=moderator))
        undone = perf_counter()
        assert batch.undone == total, batch.undone
        say(
            f"{action.value:8} chosen in {chosen - started:5.2f} s, decided in "
            f"{decided - chosen:5.2f} s, undone in {undone - decided:5.2f} s"
        )


def fill(total: int) -> None:
    """Comments that wait, in rows made at once: their texts were never screened."""
    from django.utils import timezone

    from comments.models import Comment, Revision
    from comments.services import sort_key
    from moderation.models import Action, Decision, QueueEntry
    from tests.factories import ArticleFactory, CommenterFactory

    articles = [ArticleFactory() for _ in range(ARTICLES)]
    author, now = CommenterFactory(), timezone.now()
    for start in range(0, total, CHUNK):
        numbers = range(start, min(start + CHUNK, total))
        comments = Comment.objects.bulk_create(
            Comment(
                article=articles[number % ARTICLES],
                author=author,
                created_at=now,
                position=sort_key(None, now, number)[0],
            )
            for number in numbers
        )
        revisions = Revision.objects.bulk_create(
            Revision(comment=comment, text=f"Un avis mesuré, le {comment.pk}e.")
            for comment in comments
        )
        for comment, revision in zip(comments, revisions, strict=True):
            comment.revision = revision
        Comment.objects.bulk_update(comments, ["revision"], batch_size=200)
        Decision.objects.bulk_create(
            Decision(
                comment=comment,
                revision=comment.revision,
                action=Action.HOLD,
                status_before="pending",
                status_after="pending",
            )
            for comment in comments
        )
        QueueEntry.objects.bulk_create(
            QueueEntry(comment=comment, rank=QueueEntry.Rank.PENDING, waiting_since=now)
            for comment in comments
        )


def say(line: Any) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS)
