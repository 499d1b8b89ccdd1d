"""Maskings, whose content the database itself refuses to change.

A trigger allows only to note, once, who lifted a masking and when.
"""

import django.db.models.deletion
import django.utils.timezone
import moderation.said
import moderation.statement_models
from django.conf import settings
from django.db import migrations, models

TABLE = "moderation_masking"
KEPT = (
    "id",
    "puid",
    "spans",
    "reason",
    "source",
    "automated_detection",
    "ground",
    "also_illegal",
    "clause",
    "clause_fr",
    "clause_en",
    "category",
    "keyword",
    "keyword_text",
    "facts_fr",
    "facts_en",
    "message_fr",
    "message_en",
    "redress_fr",
    "redress_en",
    "note",
    "created_at",
    "comment_id",
    "moderator_id",
    "revision_id",
)
CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER masking_no_update BEFORE UPDATE ON {TABLE}
        WHEN OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL OR {CHANGED}
        BEGIN SELECT RAISE(ABORT, 'maskings are append-only'); END
        """,
        f"""
        CREATE TRIGGER masking_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'maskings are append-only'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION masking_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE'
                AND OLD.lifted_at IS NULL AND NEW.lifted_at IS NOT NULL
                AND to_jsonb(NEW) - '{lifted_at,lifted_by_id}'::text[]
                    = to_jsonb(OLD) - '{lifted_at,lifted_by_id}'::text[]
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'maskings are append-only'
                USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER masking_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION masking_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS masking_no_update",
        "DROP TRIGGER IF EXISTS masking_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS masking_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS masking_append_only",
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
        ('comments', '0008_revision_masks'),
        ('moderation', '0025_queue_written_at'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Masking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('puid', models.CharField(default=moderation.statement_models.new_puid, max_length=40, unique=True, verbose_name='référence')),
                ('spans', models.JSONField(verbose_name='passages')),
                ('reason', models.CharField(choices=[('hors_sujet', 'Hors sujet'), ('cri', 'Majuscules ou ponctuation criardes'), ('langue', 'Langue non admise'), ('illisible', 'Incompréhensible, SMS'), ('grossierete', 'Grossièreté sans cible'), ('obscene', 'Obscène, pornographique'), ('doublon', 'Répétition, message identique'), ('proselytisme', 'Prosélytisme'), ('lien', 'Lien non admis'), ('signature', 'Signature non conforme'), ('moderation', 'Débat sur la modération (utiliser le contact)'), ('publicite', 'Publicité'), ('spam_massif', 'Pourriel massif et trompeur'), ('arnaque', 'Arnaque, hameçonnage'), ('usurpation', 'Usurpation d’identité'), ('comptes_multiples', 'Comptes multiples ou factices'), ('attaque_personnelle', 'Attaque personnelle (lecteur, journaliste, tiers)'), ('harcelement', 'Harcèlement, meute'), ('menace', 'Menace'), ('sexisme', 'Sexisme, violence envers les femmes'), ('injure', 'Injure'), ('diffamation', 'Diffamation'), ('epithete', 'Épithète dégradante visant un groupe'), ('haine', 'Provocation à la haine, racisme, antisémitisme, homophobie'), ('confessionnel', 'Invective confessionnelle'), ('negationnisme', 'Contestation de crimes contre l’humanité'), ('innocence', 'Présomption d’innocence, enquête, victime'), ('violence', 'Appel à la violence'), ('terrorisme', 'Apologie du terrorisme'), ('vie_privee', 'Coordonnées, vie privée, doxing'), ('desinformation', 'Fausse information manifeste'), ('electoral', 'Règle électorale (veille, sondage sortie des urnes)'), ('droit_auteur', 'Copie d’un texte protégé'), ('suicide', 'Incitation au suicide, automutilation'), ('mineurs', 'Atteinte aux mineurs'), ('ordre', 'Ordre d’une autorité'), ('autre', 'Autre (texte obligatoire, 20 caractères au moins)')], max_length=30, verbose_name='motif')),
                ('source', models.CharField(choices=[('SOURCE_ARTICLE_16', 'signalement d’un contenu illicite'), ('SOURCE_TRUSTED_FLAGGER', 'signaleur de confiance'), ('SOURCE_TYPE_OTHER_NOTIFICATION', 'autre signalement'), ('SOURCE_VOLUNTARY', 'initiative du journal')], max_length=30, verbose_name='origine')),
                ('automated_detection', models.BooleanField(verbose_name='relevé par une machine')),
                ('ground', models.CharField(choices=[('DECISION_GROUND_ILLEGAL_CONTENT', 'la loi'), ('DECISION_GROUND_INCOMPATIBLE_CONTENT', 'la charte')], max_length=40, verbose_name='fondement')),
                ('also_illegal', models.BooleanField(verbose_name='peut-être aussi contraire à la loi')),
                ('clause', models.CharField(max_length=30, verbose_name='clause de la charte')),
                ('clause_fr', models.CharField(max_length=200, verbose_name='clause, en français')),
                ('clause_en', models.CharField(max_length=200, verbose_name='clause, en anglais')),
                ('category', models.CharField(max_length=80, verbose_name='catégorie')),
                ('keyword', models.CharField(max_length=80, verbose_name='mot-clé')),
                ('keyword_text', models.CharField(blank=True, max_length=500, verbose_name='précision')),
                ('facts_fr', models.TextField(verbose_name='faits, en français')),
                ('facts_en', models.TextField(verbose_name='faits, en anglais')),
                ('message_fr', models.TextField(verbose_name='message, en français')),
                ('message_en', models.TextField(verbose_name='message, en anglais')),
                ('redress_fr', models.TextField(verbose_name='recours, en français')),
                ('redress_en', models.TextField(verbose_name='recours, en anglais')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='masqué le')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='levé le')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='maskings', to='comments.comment', verbose_name='commentaire')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='levé par')),
                ('moderator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='modérateur')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='maskings', to='comments.revision', verbose_name='version')),
            ],
            options={
                'verbose_name': 'passages masqués',
                'verbose_name_plural': 'passages masqués',
                'ordering': ('-pk',),
                'default_permissions': (),
                'indexes': [models.Index(models.F('created_at'), name='masking_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('spans', []), _negated=True), name='masking_hides_something'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='masking_lifted_by_someone'), models.CheckConstraint(condition=models.Q(('puid', ''), _negated=True), name='masking_puid_not_empty'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='masking_reason_not_empty'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='masking_source_not_empty'), models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='masking_ground_not_empty'), models.CheckConstraint(condition=models.Q(('clause', ''), _negated=True), name='masking_clause_not_empty'), models.CheckConstraint(condition=models.Q(('category', ''), _negated=True), name='masking_category_not_empty'), models.CheckConstraint(condition=models.Q(('keyword', ''), _negated=True), name='masking_keyword_not_empty'), models.CheckConstraint(condition=models.Q(('clause_fr', ''), _negated=True), name='masking_clause_fr_not_empty'), models.CheckConstraint(condition=models.Q(('clause_en', ''), _negated=True), name='masking_clause_en_not_empty'), models.CheckConstraint(condition=models.Q(('facts_fr', ''), _negated=True), name='masking_facts_fr_not_empty'), models.CheckConstraint(condition=models.Q(('facts_en', ''), _negated=True), name='masking_facts_en_not_empty'), models.CheckConstraint(condition=models.Q(('message_fr', ''), _negated=True), name='masking_message_fr_not_empty'), models.CheckConstraint(condition=models.Q(('message_en', ''), _negated=True), name='masking_message_en_not_empty'), models.CheckConstraint(condition=models.Q(('redress_fr', ''), _negated=True), name='masking_redress_fr_not_empty'), models.CheckConstraint(condition=models.Q(('redress_en', ''), _negated=True), name='masking_redress_en_not_empty')],
            },
            bases=(moderation.said.Said, models.Model),
        ),
        migrations.RunPython(forbid, allow),
    ]
