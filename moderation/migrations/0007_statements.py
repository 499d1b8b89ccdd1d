"""Statements of reasons, whose content the database itself refuses to change.

A trigger allows only to note, once, the decision that lifted the restriction.
"""

import django.db.models.deletion
import django.utils.timezone
import moderation.statement_models
from django.db import migrations, models

TABLE = "moderation_statementofreasons"
KEPT = (
    "id",
    "puid",
    "measure",
    "scope",
    "ends_on",
    "reason",
    "facts_fr",
    "facts_en",
    "source",
    "automated_detection",
    "automated_decision",
    "ground",
    "also_illegal",
    "clause",
    "clause_fr",
    "clause_en",
    "law_fr",
    "law_en",
    "category",
    "keyword",
    "keyword_text",
    "message_fr",
    "message_en",
    "reworded",
    "words",
    "redress_fr",
    "redress_en",
    "created_at",
    "comment_id",
    "decision_id",
)
CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
TRIGGERS = {
    "sqlite": [
        f"""
        CREATE TRIGGER statement_no_update BEFORE UPDATE ON {TABLE}
        WHEN OLD.lifted_by_id IS NOT NULL OR NEW.lifted_by_id IS NULL OR {CHANGED}
        BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END
        """,
        f"""
        CREATE TRIGGER statement_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION statement_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE'
                AND OLD.lifted_by_id IS NULL AND NEW.lifted_by_id IS NOT NULL
                AND to_jsonb(NEW) - 'lifted_by_id' = to_jsonb(OLD) - 'lifted_by_id'
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'statements are append-only'
                USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER statement_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION statement_append_only()
        """,
    ],
}
REMOVALS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS statement_no_update",
        "DROP TRIGGER IF EXISTS statement_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS statement_append_only ON {TABLE}",
        "DROP FUNCTION IF EXISTS statement_append_only",
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
        ('comments', '0006_commenter_language'),
        ('moderation', '0006_api_clients'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatementOfReasons',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('puid', models.CharField(default=moderation.statement_models.new_puid, max_length=40, unique=True, verbose_name='référence')),
                ('measure', models.CharField(choices=[('DECISION_VISIBILITY_CONTENT_DISABLED', 'commentaire masqué')], max_length=40, verbose_name='mesure')),
                ('scope', models.CharField(choices=[('EVERYWHERE', 'sur tout le site, dans tous les pays')], max_length=10, verbose_name='étendue')),
                ('ends_on', models.DateField(blank=True, help_text='vide : sans limite de durée', null=True, verbose_name='jusqu’au')),
                ('reason', models.CharField(choices=[('hors_sujet', 'Hors sujet'), ('cri', 'Majuscules ou ponctuation criardes'), ('langue', 'Langue non admise'), ('illisible', 'Incompréhensible, SMS'), ('grossierete', 'Grossièreté sans cible'), ('obscene', 'Obscène, pornographique'), ('doublon', 'Répétition, message identique'), ('proselytisme', 'Prosélytisme'), ('lien', 'Lien non admis'), ('signature', 'Signature non conforme'), ('moderation', 'Débat sur la modération (utiliser le contact)'), ('publicite', 'Publicité'), ('spam_massif', 'Pourriel massif et trompeur'), ('arnaque', 'Arnaque, hameçonnage'), ('usurpation', 'Usurpation d’identité'), ('comptes_multiples', 'Comptes multiples ou factices'), ('attaque_personnelle', 'Attaque personnelle (lecteur, journaliste, tiers)'), ('harcelement', 'Harcèlement, meute'), ('menace', 'Menace'), ('sexisme', 'Sexisme, violence envers les femmes'), ('injure', 'Injure'), ('diffamation', 'Diffamation'), ('epithete', 'Épithète dégradante visant un groupe'), ('haine', 'Provocation à la haine, racisme, antisémitisme, homophobie'), ('confessionnel', 'Invective confessionnelle'), ('negationnisme', 'Contestation de crimes contre l’humanité'), ('innocence', 'Présomption d’innocence, enquête, victime'), ('violence', 'Appel à la violence'), ('terrorisme', 'Apologie du terrorisme'), ('vie_privee', 'Coordonnées, vie privée, doxing'), ('desinformation', 'Fausse information manifeste'), ('electoral', 'Règle électorale (veille, sondage sortie des urnes)'), ('droit_auteur', 'Copie d’un texte protégé'), ('suicide', 'Incitation au suicide, automutilation'), ('mineurs', 'Atteinte aux mineurs'), ('ordre', 'Ordre d’une autorité'), ('autre', 'Autre (texte obligatoire, 20 caractères au moins)')], max_length=30, verbose_name='motif')),
                ('facts_fr', models.TextField(verbose_name='faits, en français')),
                ('facts_en', models.TextField(verbose_name='faits, en anglais')),
                ('source', models.CharField(choices=[('SOURCE_ARTICLE_16', 'signalement d’un contenu illicite'), ('SOURCE_TRUSTED_FLAGGER', 'signaleur de confiance'), ('SOURCE_TYPE_OTHER_NOTIFICATION', 'autre signalement'), ('SOURCE_VOLUNTARY', 'initiative du journal')], max_length=30, verbose_name='origine')),
                ('automated_detection', models.BooleanField(verbose_name='relevé par une machine')),
                ('automated_decision', models.CharField(choices=[('AUTOMATED_DECISION_FULLY', 'par une machine seule'), ('AUTOMATED_DECISION_PARTIALLY', 'par une machine, puis par une personne'), ('AUTOMATED_DECISION_NOT_AUTOMATED', 'par une personne')], max_length=32, verbose_name='décidé')),
                ('ground', models.CharField(choices=[('DECISION_GROUND_ILLEGAL_CONTENT', 'la loi'), ('DECISION_GROUND_INCOMPATIBLE_CONTENT', 'la charte')], max_length=40, verbose_name='fondement')),
                ('also_illegal', models.BooleanField(default=False, verbose_name='peut-être aussi contraire à la loi')),
                ('clause', models.CharField(max_length=30, verbose_name='clause de la charte')),
                ('clause_fr', models.CharField(max_length=200, verbose_name='clause, en français')),
                ('clause_en', models.CharField(max_length=200, verbose_name='clause, en anglais')),
                ('law_fr', models.CharField(blank=True, max_length=500, verbose_name='loi, en français')),
                ('law_en', models.CharField(blank=True, max_length=500, verbose_name='loi, en anglais')),
                ('category', models.CharField(max_length=80, verbose_name='catégorie')),
                ('keyword', models.CharField(max_length=80, verbose_name='mot-clé')),
                ('keyword_text', models.CharField(blank=True, max_length=500, verbose_name='précision')),
                ('message_fr', models.TextField(verbose_name='message, en français')),
                ('message_en', models.TextField(verbose_name='message, en anglais')),
                ('reworded', models.BooleanField(default=False, help_text='le même texte dans les deux langues', verbose_name='message d’un modérateur')),
                ('words', models.JSONField(blank=True, default=list, verbose_name='mots concernés')),
                ('redress_fr', models.TextField(verbose_name='recours, en français')),
                ('redress_en', models.TextField(verbose_name='recours, en anglais')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='établi le')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='comments.comment', verbose_name='commentaire')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='moderation.decision', verbose_name='décision')),
                ('lifted_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lifted', to='moderation.decision', verbose_name='levé par')),
            ],
            options={
                'verbose_name': 'exposé des motifs',
                'verbose_name_plural': 'exposés des motifs',
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_by', None)), fields=('comment',), name='statement_one_stands'), models.CheckConstraint(condition=models.Q(('puid', ''), _negated=True), name='statement_puid_not_empty'), models.CheckConstraint(condition=models.Q(('measure', ''), _negated=True), name='statement_measure_not_empty'), models.CheckConstraint(condition=models.Q(('scope', ''), _negated=True), name='statement_scope_not_empty'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='statement_reason_not_empty'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='statement_source_not_empty'), models.CheckConstraint(condition=models.Q(('automated_decision', ''), _negated=True), name='statement_automated_decision_not_empty'), models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='statement_ground_not_empty'), models.CheckConstraint(condition=models.Q(('clause', ''), _negated=True), name='statement_clause_not_empty'), models.CheckConstraint(condition=models.Q(('category', ''), _negated=True), name='statement_category_not_empty'), models.CheckConstraint(condition=models.Q(('keyword', ''), _negated=True), name='statement_keyword_not_empty'), models.CheckConstraint(condition=models.Q(('clause_fr', ''), _negated=True), name='statement_clause_fr_not_empty'), models.CheckConstraint(condition=models.Q(('clause_en', ''), _negated=True), name='statement_clause_en_not_empty'), models.CheckConstraint(condition=models.Q(('facts_fr', ''), _negated=True), name='statement_facts_fr_not_empty'), models.CheckConstraint(condition=models.Q(('facts_en', ''), _negated=True), name='statement_facts_en_not_empty'), models.CheckConstraint(condition=models.Q(('message_fr', ''), _negated=True), name='statement_message_fr_not_empty'), models.CheckConstraint(condition=models.Q(('message_en', ''), _negated=True), name='statement_message_en_not_empty'), models.CheckConstraint(condition=models.Q(('redress_fr', ''), _negated=True), name='statement_redress_fr_not_empty'), models.CheckConstraint(condition=models.Q(('redress_en', ''), _negated=True), name='statement_redress_en_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('ground', 'DECISION_GROUND_ILLEGAL_CONTENT'), models.Q(('law_fr', ''), _negated=True), models.Q(('law_en', ''), _negated=True)), models.Q(models.Q(('ground', 'DECISION_GROUND_ILLEGAL_CONTENT'), _negated=True), ('law_en', ''), ('law_fr', '')), _connector='OR'), name='statement_law_named_where_it_is_the_ground'), models.CheckConstraint(condition=models.Q(('keyword', 'KEYWORD_OTHER'), ('keyword_text', ''), _negated=True), name='statement_other_keyword_described')],
            },
        ),
        migrations.RunPython(forbid, allow),
    ]
