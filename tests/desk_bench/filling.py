"""A big newspaper in a fresh database: COPY on PostgreSQL, executemany on SQLite."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from articles.models import Article, Section
from comments.models import Comment, Commenter
from tests.desk_bench import rows
from tests.factories import ModeratorFactory
from tests.run import say

COLUMNS = {
    "comments_comment": (
        "id article_id parent_id author_id status revision_id html created_at "
        "printed_time received_at position depth source external_id submission_key"
    ),
    "comments_revision": "id comment_id number text created_at masks",
    "comments_commentterms": "comment_id written_at terms",
    "moderation_flag": (
        "id revision_id rule rule_version category severity start end text term "
        "variant target explanation created_at"
    ),
    "moderation_decision": (
        "id comment_id revision_id action moderator_id reason note undoes_id "
        "status_before status_after waiting_since created_at"
    ),
    "moderation_queueentry": (
        "comment_id rank call waiting_since article_id author_id written_at marks "
        "language likeness author_published"
    ),
    "moderation_textprint": "revision_id language exact likeness",
    "moderation_textband": "id text_print_id value",
}
BATCH = 20_000  # comments


def is_filled(size: rows.Size) -> bool:
    return Comment.objects.order_by().count() == size.comments


def fill(size: rows.Size) -> None:
    """Fill the database; a superuser's PostgreSQL checks no foreign key meanwhile."""
    sections = Section.objects.bulk_create(
        Section(name=f"Rubrique {n}", slug=f"rubrique-{n}", position=n)
        for n in range(rows.SECTIONS)
    )
    articles = Article.objects.bulk_create(
        Article(
            section=sections[n % len(sections)],
            title=f"Un titre d’article assez long pour la file, le numéro {n}",
            slug=f"article-{n}",
            status=Article.Status.PUBLISHED,
            published_at=rows.now(),
        )
        for n in range(rows.ARTICLES)
    )
    Commenter.objects.bulk_create(
        (
            Commenter(name=f"Lecteur {n}", name_key=f"lecteur {n}", source="page")
            for n in range(1, rows.AUTHORS + 1)
        ),
        batch_size=5000,
    )
    for _ in range(rows.MODERATORS):
        ModeratorFactory()
    with transaction.atomic():
        again = _without_indexes()
        made = rows.comments(size, [a.pk for a in articles], rows.now())
        done = 0
        while batch := list(islice(made, BATCH)):
            _insert("comments_comment", (m.comment for m in batch))
            _insert("comments_revision", (m.revision for m in batch))
            _insert("comments_commentterms", (m.terms for m in batch))
            _insert("moderation_flag", (f for m in batch for f in m.flags))
            _insert("moderation_decision", (d for m in batch for d in m.decisions))
            _insert("moderation_queueentry", (m.entry for m in batch if m.entry))
            _insert("moderation_textprint", (m.text_print for m in batch))
            _insert("moderation_textband", (b for m in batch for b in m.bands))
            done += len(batch)
            if done % 100_000 == 0:
                say(f"   {done:,} comments")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE articles_article SET comment_count = (SELECT count(*) FROM "
                "comments_comment c WHERE c.article_id = articles_article.id "
                "AND c.status = 'published')"
            )
            for statement in again:
                cursor.execute(statement)
    _settle()


def _insert(table: str, values: Iterable[Sequence[Any]]) -> None:
    columns = [f'"{name}"' for name in COLUMNS[table].split()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = io.StringIO()
            csv.writer(lines).writerows(
                ["\\N" if value is None else value for value in row] for row in values
            )
            lines.seek(0)
            cursor.cursor.copy_expert(
                f"COPY {table} ({', '.join(columns)}) FROM STDIN "
                "WITH (FORMAT csv, NULL '\\N')",
                lines,
            )
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
                [
                    [v.replace(tzinfo=None) if hasattr(v, "tzinfo") else v for v in row]
                    for row in values
                ],
            )


def _without_indexes() -> list[str]:
    """Drop what only slows filling down; return how to make it again."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (may_skip_checks,) = cursor.fetchone()
        if may_skip_checks:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes LEFT JOIN pg_constraint "
            "ON conname = indexname WHERE conname IS NULL AND schemaname = 'public' "
            "AND tablename = ANY(%s)",
            [list(COLUMNS)],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _settle() -> None:
    """Let the planner know the tables, and new rows get new keys."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
            return
        for table, columns in COLUMNS.items():
            cursor.execute(f"VACUUM ANALYZE {table}")
            if columns.startswith("id "):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                    f"(SELECT max(id) FROM {table}))"
                )
        cursor.execute("ANALYZE")
