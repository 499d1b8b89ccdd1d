"""Settings of rules, patterns of editors, and every change of either or of a term.

The database itself refuses to change or delete a change.
"""

import django.db.models.deletion
import django.utils.timezone
import moderation.rule_models
from django.conf import settings
from django.db import migrations, models

TABLE = "moderation_lexiconchange"
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER change_no_{event.lower()} BEFORE {event} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END
        """
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """
        CREATE FUNCTION change_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'changes are append-only'
            USING ERRCODE = 'restrict_violation'; END $$
        """,
        f"""
        CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION change_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS change_no_update",
        "DROP TRIGGER IF EXISTS change_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS change_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS change_append_only",
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
        ('moderation', '0003_targets_threats_and_variants'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40, unique=True, verbose_name='nom technique')),
                ('enabled', models.BooleanField(default=True, verbose_name='en service')),
                ('values', models.JSONField(default=dict, verbose_name='seuils')),
                ('origin', models.CharField(choices=[('shipped', 'livré'), ('editor', 'rédaction')], default='editor', max_length=7, verbose_name='origine')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
            ],
            options={
                'verbose_name': 'réglage d’une règle',
                'verbose_name_plural': 'réglages des règles',
                'ordering': ('rule',),
            },
        ),
        migrations.CreateModel(
            name='EditorPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='montré dans les relevés et les bilans', max_length=100, unique=True, verbose_name='nom')),
                ('regex', models.TextField(help_text='expression régulière RE2, cherchée dans le texte sans majuscules ni accents ; ni regard en avant ou en arrière, ni référence arrière', validators=[moderation.rule_models.validate_regex], verbose_name='motif')),
                ('category', models.CharField(choices=[('shouting', 'cri'), ('punctuation', 'ponctuation'), ('insult', 'insulte'), ('epithet', 'épithète injurieuse'), ('threat', 'menace, appel à la violence'), ('contact', 'coordonnées'), ('link', 'lien'), ('repetition', 'répétition'), ('length', 'texte vide ou trop court'), ('language', 'langue non admise'), ('other', 'autre')], default='other', max_length=20, verbose_name='catégorie')),
                ('severity', models.CharField(choices=[('low', 'faible'), ('medium', 'moyenne'), ('high', 'grave')], default='medium', max_length=6, verbose_name='gravité')),
                ('explanation_fr', models.CharField(help_text='une phrase, montrée au modérateur', max_length=300, verbose_name='explication en français')),
                ('explanation_en', models.CharField(blank=True, help_text='à défaut, la phrase française sert', max_length=300, verbose_name='explication en anglais')),
                ('active', models.BooleanField(default=True, verbose_name='en service')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
            ],
            options={
                'verbose_name': 'motif de la rédaction',
                'verbose_name_plural': 'motifs de la rédaction',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('regex', ''), _negated=True)), name='pattern_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='LexiconChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(verbose_name='version du lexique')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changé le')),
                ('kind', models.CharField(choices=[('term', 'terme'), ('rule', 'règle'), ('pattern', 'motif')], max_length=7, verbose_name='objet')),
                ('object_id', models.PositiveBigIntegerField()),
                ('identity', models.CharField(max_length=250, verbose_name='nom')),
                ('before', models.JSONField(null=True, verbose_name='avant')),
                ('after', models.JSONField(null=True, verbose_name='après')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
            ],
            options={
                'verbose_name': 'changement du lexique',
                'verbose_name_plural': 'changements du lexique',
                'ordering': ('-pk',),
                'indexes': [models.Index(models.F('kind'), models.F('object_id'), models.OrderBy(models.F('id'), descending=True), name='change_of_object'), models.Index(models.F('number'), name='change_number')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('term', 'rule', 'pattern'))), name='change_kind_known')],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
