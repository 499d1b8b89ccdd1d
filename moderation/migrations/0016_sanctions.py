"""Sanctions, whose content the database itself refuses to change; notes on commenters.

A trigger allows only to note, once, who lifted a sanction, when and why.
"""

import django.db.models.deletion
import django.utils.timezone
import moderation.said
import moderation.statement_models
from django.conf import settings
from django.db import migrations, models

TABLE = "moderation_sanction"
KEPT = (
    "id",
    "puid",
    "author_id",
    "kind",
    "begins_at",
    "ends_at",
    "comments_to_review",
    "reason",
    "source",
    "ground",
    "clause",
    "clause_fr",
    "clause_en",
    "law_fr",
    "law_en",
    "facts_fr",
    "facts_en",
    "message_fr",
    "message_en",
    "redress_fr",
    "redress_en",
    "grave",
    "grave_reason",
    "note",
    "moderator_id",
)
CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER sanction_no_update BEFORE UPDATE ON {TABLE}
        WHEN OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL OR {CHANGED}
        BEGIN SELECT RAISE(ABORT, 'sanctions are append-only'); END
        """,
        f"""
        CREATE TRIGGER sanction_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'sanctions are append-only'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION sanction_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE'
                AND OLD.lifted_at IS NULL AND NEW.lifted_at IS NOT NULL
                AND to_jsonb(NEW) - '{lifted_at,lifted_by_id,lift_reason}'::text[]
                    = to_jsonb(OLD) - '{lifted_at,lifted_by_id,lift_reason}'::text[]
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'sanctions are append-only'
                USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER sanction_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION sanction_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS sanction_no_update",
        "DROP TRIGGER IF EXISTS sanction_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS sanction_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS sanction_append_only",
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
        ('comments', '0007_every_comment_by_index'),
        ('moderation', '0015_appeals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('puid', models.CharField(default=moderation.statement_models.new_puid, max_length=40, unique=True, verbose_name='référence')),
                ('kind', models.CharField(choices=[('warning', 'avertissement'), ('review', 'relecture des prochains commentaires'), ('suspension', 'suspension'), ('ban', 'bannissement')], max_length=10, verbose_name='sanction')),
                ('begins_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis')),
                ('ends_at', models.DateTimeField(help_text='exclue', verbose_name='jusqu’à')),
                ('comments_to_review', models.PositiveSmallIntegerField(null=True, verbose_name='commentaires à relire')),
                ('reason', models.CharField(choices=[('hors_sujet', 'Hors sujet'), ('cri', 'Majuscules ou ponctuation criardes'), ('langue', 'Langue non admise'), ('illisible', 'Incompréhensible, SMS'), ('grossierete', 'Grossièreté sans cible'), ('obscene', 'Obscène, pornographique'), ('doublon', 'Répétition, message identique'), ('proselytisme', 'Prosélytisme'), ('lien', 'Lien non admis'), ('signature', 'Signature non conforme'), ('moderation', 'Débat sur la modération (utiliser le contact)'), ('publicite', 'Publicité'), ('spam_massif', 'Pourriel massif et trompeur'), ('arnaque', 'Arnaque, hameçonnage'), ('usurpation', 'Usurpation d’identité'), ('comptes_multiples', 'Comptes multiples ou factices'), ('attaque_personnelle', 'Attaque personnelle (lecteur, journaliste, tiers)'), ('harcelement', 'Harcèlement, meute'), ('menace', 'Menace'), ('sexisme', 'Sexisme, violence envers les femmes'), ('injure', 'Injure'), ('diffamation', 'Diffamation'), ('epithete', 'Épithète dégradante visant un groupe'), ('haine', 'Provocation à la haine, racisme, antisémitisme, homophobie'), ('confessionnel', 'Invective confessionnelle'), ('negationnisme', 'Contestation de crimes contre l’humanité'), ('innocence', 'Présomption d’innocence, enquête, victime'), ('violence', 'Appel à la violence'), ('terrorisme', 'Apologie du terrorisme'), ('vie_privee', 'Coordonnées, vie privée, doxing'), ('desinformation', 'Fausse information manifeste'), ('electoral', 'Règle électorale (veille, sondage sortie des urnes)'), ('droit_auteur', 'Copie d’un texte protégé'), ('suicide', 'Incitation au suicide, automutilation'), ('mineurs', 'Atteinte aux mineurs'), ('ordre', 'Ordre d’une autorité'), ('autre', 'Autre (texte obligatoire, 20 caractères au moins)')], max_length=30, verbose_name='motif')),
                ('source', models.CharField(choices=[('SOURCE_ARTICLE_16', 'signalement d’un contenu illicite'), ('SOURCE_TRUSTED_FLAGGER', 'signaleur de confiance'), ('SOURCE_TYPE_OTHER_NOTIFICATION', 'autre signalement'), ('SOURCE_VOLUNTARY', 'initiative du journal')], max_length=30, verbose_name='origine')),
                ('ground', models.CharField(choices=[('DECISION_GROUND_ILLEGAL_CONTENT', 'la loi'), ('DECISION_GROUND_INCOMPATIBLE_CONTENT', 'la charte')], max_length=40, verbose_name='fondement')),
                ('clause', models.CharField(max_length=30, verbose_name='clause de la charte')),
                ('clause_fr', models.CharField(max_length=200, verbose_name='clause, en français')),
                ('clause_en', models.CharField(max_length=200, verbose_name='clause, en anglais')),
                ('law_fr', models.CharField(blank=True, max_length=500, verbose_name='loi, en français')),
                ('law_en', models.CharField(blank=True, max_length=500, verbose_name='loi, en anglais')),
                ('facts_fr', models.TextField(verbose_name='faits, en français')),
                ('facts_en', models.TextField(verbose_name='faits, en anglais')),
                ('message_fr', models.TextField(verbose_name='message, en français')),
                ('message_en', models.TextField(verbose_name='message, en anglais')),
                ('redress_fr', models.TextField(verbose_name='recours, en français')),
                ('redress_en', models.TextField(verbose_name='recours, en anglais')),
                ('grave', models.BooleanField(default=False, verbose_name='faits graves, sans avertissement')),
                ('grave_reason', models.TextField(blank=True, verbose_name='pourquoi ils sont graves')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='levée le')),
                ('lift_reason', models.TextField(blank=True, verbose_name='raison de la levée')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='comments.commenter', verbose_name='auteur')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='levée par')),
                ('moderator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modérateur')),
            ],
            options={
                'verbose_name': 'sanction',
                'verbose_name_plural': 'sanctions',
                'ordering': ('-pk',),
                'default_permissions': (),
            },
            bases=(moderation.said.Said, models.Model),
        ),
        migrations.CreateModel(
            name='AuthorHold',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='author_hold', serialize=False, to='comments.comment')),
                ('cause', models.CharField(choices=[('sanction', 'relecture décidée par un modérateur'), ('newcomer', 'premiers commentaires d’un auteur'), ('record', 'plusieurs commentaires masqués récemment')], max_length=8, verbose_name='cause')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='rang')),
                ('sanction', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='moderation.sanction')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AuthorNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='note')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='écrite le')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='comments.commenter', verbose_name='auteur')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
            ],
            options={
                'verbose_name': 'note sur un auteur',
                'verbose_name_plural': 'notes sur un auteur',
                'ordering': ('-pk',),
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='author_note_written')],
            },
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(models.F('author'), condition=models.Q(('lifted_at', None)), name='sanction_not_lifted'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('warning', 'review', 'suspension', 'ban'))), name='sanction_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='sanction_ends'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comments_to_review__gt', 0), ('kind', 'review')), models.Q(models.Q(('kind', 'review'), _negated=True), ('comments_to_review', None)), _connector='OR'), name='sanction_review_counts_comments'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grave', False), ('grave_reason', '')), models.Q(('grave', True), models.Q(('grave_reason', ''), _negated=True)), _connector='OR'), name='sanction_grave_says_why'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lift_reason', ''), ('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lift_reason', ''), _negated=True)), _connector='OR'), name='sanction_lifted_by_someone_who_says_why'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('puid', ''), _negated=True), name='sanction_puid_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sanction_reason_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='sanction_source_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='sanction_ground_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('clause', ''), _negated=True), name='sanction_clause_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('clause_fr', ''), _negated=True), name='sanction_clause_fr_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('clause_en', ''), _negated=True), name='sanction_clause_en_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('facts_fr', ''), _negated=True), name='sanction_facts_fr_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('facts_en', ''), _negated=True), name='sanction_facts_en_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('message_fr', ''), _negated=True), name='sanction_message_fr_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('message_en', ''), _negated=True), name='sanction_message_en_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('redress_fr', ''), _negated=True), name='sanction_redress_fr_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('redress_en', ''), _negated=True), name='sanction_redress_en_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'DECISION_GROUND_ILLEGAL_CONTENT'), models.Q(('law_fr', ''), _negated=True), models.Q(('law_en', ''), _negated=True)), models.Q(models.Q(('ground', 'DECISION_GROUND_ILLEGAL_CONTENT'), _negated=True), ('law_en', ''), ('law_fr', '')), _connector='OR'), name='sanction_law_named_where_it_is_the_ground'),
        ),
        migrations.AddConstraint(
            model_name='authorhold',
            constraint=models.UniqueConstraint(fields=('sanction', 'number'), name='author_hold_numbered'),
        ),
        migrations.AddConstraint(
            model_name='authorhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cause', 'sanction'), ('number__gt', 0), ('sanction__isnull', False)), models.Q(models.Q(('cause', 'sanction'), _negated=True), ('number', None), ('sanction', None)), _connector='OR'), name='author_hold_counted_for_a_sanction'),
        ),
        migrations.RunPython(forbid, allow),
    ]
