"""Appeals: what was asked and, once it is there, what was answered never change.

The database itself refuses it (TRUST L-19); that the author was written is noted.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


TABLE = "moderation_appeal"
ASKED = ("id", "statement_id", "argument", "created_at")
ANSWERED = (
    "state",
    "outcome",
    "decision_id",
    "moderator_id",
    "reasoning",
    "answered_at",
)
NOTED = ("told_at", "held_until", "refused")


def _changes(columns):
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)


_KEPT = "to_jsonb({row}) - ARRAY[" + ", ".join(f"'{name}'" for name in NOTED) + "]"
_ASKED = "to_jsonb({row}) - ARRAY[{left}]".replace(
    "{left}", ", ".join(f"'{name}'" for name in (*NOTED, *ANSWERED))
)
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER appeal_no_update BEFORE UPDATE ON {TABLE}
        WHEN {_changes(ASKED)} OR (OLD.state = 'answered' AND ({_changes(ANSWERED)}))
        BEGIN SELECT RAISE(ABORT, 'appeals are append-only'); END
        """,
        f"""
        CREATE TRIGGER appeal_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'appeals are append-only'); END
        """,
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION appeal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND (
                {_KEPT.format(row="NEW")} = {_KEPT.format(row="OLD")}
                OR OLD.state = 'open'
                AND {_ASKED.format(row="NEW")} = {_ASKED.format(row="OLD")}
            )
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'appeals are append-only'
                USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER appeal_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION appeal_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS appeal_no_update",
        "DROP TRIGGER IF EXISTS appeal_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS appeal_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS appeal_append_only",
    ],
}


def forbid(apps, schema_editor):
    for statement in TRIGGERS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in REMOVALS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0014_decisions_by_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('argument', models.TextField(blank=True, max_length=2000, verbose_name='argument')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçue le')),
                ('state', models.CharField(choices=[('open', 'ouverte'), ('answered', 'close')], default='open', max_length=8, verbose_name='état')),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'masquage maintenu'), ('reversed', 'commentaire rétabli'), ('moot', 'sans objet : une autre décision a remplacé celle-ci')], max_length=8, verbose_name='issue')),
                ('reasoning', models.TextField(blank=True, max_length=2000, verbose_name='réponse motivée')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='close le')),
                ('told_at', models.DateTimeField(null=True, verbose_name='réponse envoyée le')),
                ('held_until', models.DateTimeField(help_text='rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué', null=True)),
                ('refused', models.PositiveSmallIntegerField(default=0, verbose_name='refus de l’adresse')),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_appeal', to='moderation.decision', verbose_name='décision')),
                ('moderator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_appeals', to=settings.AUTH_USER_MODEL, verbose_name='modérateur')),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='moderation.statementofreasons', verbose_name='exposé des motifs')),
            ],
            options={
                'verbose_name': 'contestation',
                'verbose_name_plural': 'contestations',
                'ordering': ('pk',),
                'default_permissions': (),
                'indexes': [models.Index(models.F('id'), condition=models.Q(('state', 'open')), name='appeal_open'), models.Index(models.F('id'), condition=models.Q(('state', 'answered'), ('told_at', None)), name='appeal_untold')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('decision', None), ('moderator', None), ('outcome', ''), ('reasoning', ''), ('state', 'open'), ('told_at', None)), models.Q(models.Q(models.Q(('decision', None), ('moderator__isnull', False), ('outcome', 'upheld'), models.Q(('reasoning', ''), _negated=True)), models.Q(('decision__isnull', False), ('moderator__isnull', False), ('outcome', 'reversed'), models.Q(('reasoning', ''), _negated=True)), models.Q(('decision__isnull', False), ('moderator', None), ('outcome', 'moot'), ('reasoning', '')), _connector='OR'), ('answered_at__isnull', False), ('state', 'answered')), _connector='OR'), name='appeal_has_one_outcome')],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
