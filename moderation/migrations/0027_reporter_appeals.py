"""Complaints of readers whose report was not followed; when a reporter was told.

What was asked and, once it is there, what was answered never change: the database
itself refuses it (TRUST L-19). That the reporter was written is noted.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

TABLE = "moderation_complaint"
ASKED = ("id", "report_id", "contested_id", "argument", "created_at")
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
        CREATE TRIGGER complaint_no_update BEFORE UPDATE ON {TABLE}
        WHEN {_changes(ASKED)} OR (OLD.state = 'answered' AND ({_changes(ANSWERED)}))
        BEGIN SELECT RAISE(ABORT, 'complaints are append-only'); END
        """,
        f"""
        CREATE TRIGGER complaint_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'complaints are append-only'); END
        """,
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION complaint_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND (
                {_KEPT.format(row="NEW")} = {_KEPT.format(row="OLD")}
                OR OLD.state = 'open'
                AND {_ASKED.format(row="NEW")} = {_ASKED.format(row="OLD")}
            )
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'complaints are append-only'
                USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER complaint_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION complaint_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS complaint_no_update",
        "DROP TRIGGER IF EXISTS complaint_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS complaint_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS complaint_append_only",
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
        ('moderation', '0026_masks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='told_at',
            field=models.DateTimeField(help_text='vide : pas encore, ou avant que ce jour fût gardé', null=True, verbose_name='décision annoncée le'),
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('argument', models.TextField(blank=True, max_length=2000, verbose_name='argument')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçue le')),
                ('state', models.CharField(choices=[('open', 'ouverte'), ('answered', 'close')], default='open', max_length=8, verbose_name='état')),
                ('outcome', models.CharField(blank=True, choices=[('kept', 'commentaire laissé en ligne'), ('hidden', 'commentaire masqué'), ('moot', 'sans objet : une autre décision a remplacé celle-ci')], max_length=8, verbose_name='issue')),
                ('reasoning', models.TextField(blank=True, max_length=2000, verbose_name='réponse motivée')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='close le')),
                ('told_at', models.DateTimeField(null=True, verbose_name='réponse envoyée le')),
                ('held_until', models.DateTimeField(help_text='rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué', null=True)),
                ('refused', models.PositiveSmallIntegerField(default=0, verbose_name='refus de l’adresse')),
                ('contested', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='moderation.decision', verbose_name='décision contestée')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_complaints', to='moderation.decision', verbose_name='décision')),
                ('moderator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modérateur')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='moderation.report', verbose_name='signalement')),
            ],
            options={
                'verbose_name': 'contestation d’un lecteur',
                'verbose_name_plural': 'contestations de lecteurs',
                'ordering': ('pk',),
                'default_permissions': (),
                'indexes': [models.Index(models.F('id'), condition=models.Q(('state', 'open')), name='complaint_open'), models.Index(models.F('id'), condition=models.Q(('state', 'answered'), ('told_at', None)), name='complaint_untold')],
                'constraints': [models.UniqueConstraint(fields=('report', 'contested'), name='complaint_once_a_decision'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('decision', None), ('moderator', None), ('outcome', ''), ('reasoning', ''), ('state', 'open'), ('told_at', None)), models.Q(models.Q(models.Q(('decision', None), ('moderator__isnull', False), ('outcome', 'kept'), models.Q(('reasoning', ''), _negated=True)), models.Q(('decision__isnull', False), ('moderator__isnull', False), ('outcome', 'hidden'), models.Q(('reasoning', ''), _negated=True)), models.Q(('decision__isnull', False), ('moderator', None), ('outcome', 'moot'), ('reasoning', '')), _connector='OR'), ('answered_at__isnull', False), ('state', 'answered')), _connector='OR'), name='complaint_has_one_outcome'), models.CheckConstraint(condition=models.Q(('decision', None), models.Q(('decision', models.F('contested')), _negated=True), _connector='OR'), name='complaint_answered_by_another_decision')],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
