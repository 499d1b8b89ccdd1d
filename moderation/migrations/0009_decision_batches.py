"""One decision asked for many comments: the batch, its items, and whose decisions.

SQLite drops a table's triggers when it rebuilds the table, as it does here on the way
back: the decisions stay append-only (0002) in both directions.
"""

from importlib import import_module

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def forbid_again(apps, schema_editor):
    append_only = import_module("moderation.migrations.0002_decisions_append_only")
    append_only.allow(apps, schema_editor)
    append_only.forbid(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_newest_by_index'),
        ('moderation', '0008_reports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The last step backwards
        migrations.RunPython(migrations.RunPython.noop, forbid_again),
        migrations.CreateModel(
            name='DecisionBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('publish', 'publier'), ('hold', 'mettre en attente'), ('hide', 'masquer')], max_length=7, verbose_name='action')),
                ('reason', models.CharField(blank=True, choices=[('hors_sujet', 'Hors sujet'), ('cri', 'Majuscules ou ponctuation criardes'), ('langue', 'Langue non admise'), ('illisible', 'Incompréhensible, SMS'), ('grossierete', 'Grossièreté sans cible'), ('obscene', 'Obscène, pornographique'), ('doublon', 'Répétition, message identique'), ('proselytisme', 'Prosélytisme'), ('lien', 'Lien non admis'), ('signature', 'Signature non conforme'), ('moderation', 'Débat sur la modération (utiliser le contact)'), ('publicite', 'Publicité'), ('spam_massif', 'Pourriel massif et trompeur'), ('arnaque', 'Arnaque, hameçonnage'), ('usurpation', 'Usurpation d’identité'), ('comptes_multiples', 'Comptes multiples ou factices'), ('attaque_personnelle', 'Attaque personnelle (lecteur, journaliste, tiers)'), ('harcelement', 'Harcèlement, meute'), ('menace', 'Menace'), ('sexisme', 'Sexisme, violence envers les femmes'), ('injure', 'Injure'), ('diffamation', 'Diffamation'), ('epithete', 'Épithète dégradante visant un groupe'), ('haine', 'Provocation à la haine, racisme, antisémitisme, homophobie'), ('confessionnel', 'Invective confessionnelle'), ('negationnisme', 'Contestation de crimes contre l’humanité'), ('innocence', 'Présomption d’innocence, enquête, victime'), ('violence', 'Appel à la violence'), ('terrorisme', 'Apologie du terrorisme'), ('vie_privee', 'Coordonnées, vie privée, doxing'), ('desinformation', 'Fausse information manifeste'), ('electoral', 'Règle électorale (veille, sondage sortie des urnes)'), ('droit_auteur', 'Copie d’un texte protégé'), ('suicide', 'Incitation au suicide, automutilation'), ('mineurs', 'Atteinte aux mineurs'), ('ordre', 'Ordre d’une autorité'), ('autre', 'Autre (texte obligatoire, 20 caractères au moins)')], max_length=30, verbose_name='motif')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('filters', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='filtres')),
                ('state', models.CharField(choices=[('running', 'en cours'), ('done', 'terminé'), ('cancelled', 'arrêté'), ('undoing', 'en cours d’annulation'), ('undone', 'annulé')], default='running', max_length=9, verbose_name='état')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='commentaires')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='décidés')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='laissés')),
                ('undone', models.PositiveIntegerField(default=0, verbose_name='décisions annulées')),
                ('kept', models.PositiveIntegerField(default=0, verbose_name='décisions gardées')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='lancé le')),
                ('first_decision', models.OneToOneField(help_text='la place du lot dans l’historique', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.decision')),
                ('moderator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decision_batches', to=settings.AUTH_USER_MODEL, verbose_name='modérateur')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='annulé par')),
            ],
            options={
                'verbose_name': 'lot de décisions',
                'verbose_name_plural': 'lots de décisions',
                'ordering': ('-pk',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveBigIntegerField(help_text='clé du texte vu')),
                ('after', models.PositiveBigIntegerField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('', 'à faire'), ('done', 'décidé'), ('decided', 'traité entre-temps'), ('edited', 'modifié entre-temps par son auteur'), ('deleted', 'supprimé'), ('undone', 'décision annulée'), ('kept', 'traité depuis : sa décision reste')], default='', max_length=7, verbose_name='issue')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comments.comment')),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='moderation.decisionbatch')),
            ],
            options={
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='batch',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='moderation.decisionbatch', verbose_name='lot'),
        ),
        migrations.AddIndex(
            model_name='decisionbatch',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ('running', 'undoing'))), name='batch_unfinished'),
        ),
        migrations.AddConstraint(
            model_name='decisionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('running', 'done', 'cancelled', 'undoing', 'undone'))), name='batch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='decisionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', django.db.models.expressions.CombinedExpression(models.F('done'), '+', models.F('skipped')))), name='batch_counts_within_total'),
        ),
        migrations.AddConstraint(
            model_name='decisionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('done__gte', django.db.models.expressions.CombinedExpression(models.F('undone'), '+', models.F('kept')))), name='batch_undoes_what_it_did'),
        ),
        migrations.AddIndex(
            model_name='batchitem',
            index=models.Index(models.F('batch'), models.F('outcome'), models.F('id'), name='batchitem_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'comment'), name='batchitem_comment_once'),
        ),
        migrations.RunPython(forbid_again, migrations.RunPython.noop),
    ]
