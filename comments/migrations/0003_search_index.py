"""The full-text index of comments: GIN on PostgreSQL, FTS5 on SQLite."""

from django.db import migrations

TABLE = "comments_commentterms"
INDEX = "comments_commentterms_index"
MADE = {
    "postgresql": [
        # From an array, not to_tsvector: what a word is, the analyser has decided.
        # Stored, because PostgreSQL thinks computing it again is cheap; it is not
        f"""
        ALTER TABLE {TABLE} ADD COLUMN stems tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED
        """,
        f"CREATE INDEX {INDEX} ON {TABLE} USING gin (stems)",
    ],
    "sqlite": [
        # The ascii tokenizer takes every other character for a letter: again, the
        # analyser alone decides what a word is
        f"""
        CREATE VIRTUAL TABLE {INDEX} USING fts5(
            terms, content='{TABLE}', content_rowid='comment_id',
            tokenize='ascii', detail='none'
        )
        """,
        f"""
        CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN
            INSERT INTO {INDEX} (rowid, terms) VALUES (new.comment_id, new.terms);
        END
        """,
        f"""
        CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN
            INSERT INTO {INDEX} ({INDEX}, rowid, terms)
            VALUES ('delete', old.comment_id, old.terms);
        END
        """,
        f"""
        CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN
            INSERT INTO {INDEX} ({INDEX}, rowid, terms)
            VALUES ('delete', old.comment_id, old.terms);
            INSERT INTO {INDEX} (rowid, terms) VALUES (new.comment_id, new.terms);
        END
        """,
    ],
}
REMOVED = {
    "postgresql": [f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS stems"],
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {INDEX}_insert",
        f"DROP TRIGGER IF EXISTS {INDEX}_delete",
        f"DROP TRIGGER IF EXISTS {INDEX}_update",
        f"DROP TABLE IF EXISTS {INDEX}",
    ],
}


def make(apps, schema_editor):
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in REMOVED[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_search_terms")]
    operations = [migrations.RunPython(make, remove)]
