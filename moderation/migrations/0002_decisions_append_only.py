"""Let the database itself refuse to change or delete a decision (TRUST L-19)."""

from django.db import migrations

TABLE = "moderation_decision"
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER decision_no_{event.lower()} BEFORE {event} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END
        """
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """
        CREATE FUNCTION decision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'decisions are append-only'
            USING ERRCODE = 'restrict_violation'; END $$
        """,
        f"""
        CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION decision_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS decision_no_update",
        "DROP TRIGGER IF EXISTS decision_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS decision_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS decision_append_only",
    ],
}


def forbid(apps, schema_editor):
    for statement in TRIGGERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in REMOVALS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunPython(forbid, allow)]
