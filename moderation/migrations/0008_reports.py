"""Readers' reports; the queue knows which comments have some open."""

import django.db.models.deletion
import django.utils.timezone
import moderation.report_models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_newest_by_index'),
        ('moderation', '0007_statements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=moderation.report_models.new_reference, max_length=14, unique=True, verbose_name='référence')),
                ('kind', models.CharField(choices=[('injure', 'Insulte ou grossièreté'), ('attaque_personnelle', 'Attaque contre une personne'), ('harcelement', 'Harcèlement'), ('menace', 'Menace'), ('violence', 'Appel à la violence'), ('haine', 'Haine, racisme, discrimination'), ('sexisme', 'Sexisme, violence envers les femmes'), ('diffamation', 'Diffamation'), ('vie_privee', 'Vie privée, coordonnées divulguées'), ('usurpation', 'Usurpation d’identité'), ('negationnisme', 'Contestation de crimes contre l’humanité'), ('terrorisme', 'Apologie du terrorisme'), ('mineurs', 'Abus sexuel ou mise en danger d’un mineur'), ('suicide', 'Incitation au suicide'), ('obscene', 'Obscénité, pornographie'), ('desinformation', 'Fausse information manifeste'), ('droit_auteur', 'Copie d’un texte protégé'), ('arnaque', 'Arnaque, publicité, pourriel'), ('autre', 'Autre chose, que j’explique')], max_length=30, verbose_name='motif')),
                ('explanation', models.TextField(max_length=2000, verbose_name='explication')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='nom')),
                ('email', models.EmailField(blank=True, help_text='en minuscules, non vérifiée', max_length=254, verbose_name='adresse')),
                ('language', models.CharField(choices=[('fr', 'Français'), ('en', 'Anglais')], default='fr', max_length=2, verbose_name='langue')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçu le')),
                ('state', models.CharField(choices=[('open', 'ouvert'), ('answered', 'répondu')], default='open', max_length=8, verbose_name='état')),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'retenu'), ('kept', 'non retenu')], max_length=6, verbose_name='issue')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='répondu le')),
                ('acknowledged_at', models.DateTimeField(null=True, verbose_name='accusé de réception envoyé le')),
                ('held_until', models.DateTimeField(help_text='rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué', null=True)),
                ('refused', models.PositiveSmallIntegerField(default=0, verbose_name='refus de l’adresse')),
            ],
            options={
                'verbose_name': 'signalement d’un lecteur',
                'verbose_name_plural': 'signalements des lecteurs',
                'ordering': ('pk',),
                'permissions': (('view_reporter', 'Peut voir qui a signalé un commentaire'),),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='queueentry',
            options={'ordering': ('rank', 'call', 'waiting_since', 'pk'), 'verbose_name': 'commentaire à modérer', 'verbose_name_plural': 'file de modération'},
        ),
        migrations.RemoveIndex(
            model_name='queueentry',
            name='queue_oldest_first',
        ),
        migrations.AddField(
            model_name='queueentry',
            name='call',
            field=models.PositiveSmallIntegerField(choices=[(0, 'signalé par un lecteur souvent suivi'), (1, 'signalé par un lecteur'), (2, 'signalé par un lecteur rarement suivi'), (3, 'pas de signalement ouvert')], default=3, verbose_name='signalements de lecteurs'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(models.F('rank'), models.F('call'), models.F('waiting_since'), models.F('comment'), name='queue_reported_then_oldest'),
        ),
        migrations.AddIndex(
            model_name='queueentry',
            index=models.Index(models.F('rank'), models.F('call'), models.F('waiting_since'), models.F('comment'), condition=models.Q(('call__lt', 3)), name='queue_reported'),
        ),
        migrations.AddConstraint(
            model_name='queueentry',
            constraint=models.CheckConstraint(condition=models.Q(('call__in', (0, 1, 2, 3))), name='queue_call_known'),
        ),
        migrations.AddField(
            model_name='report',
            name='comment',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='comments.comment', verbose_name='commentaire'),
        ),
        migrations.AddField(
            model_name='report',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_reports', to='moderation.decision', verbose_name='décision'),
        ),
        migrations.AddField(
            model_name='report',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='comments.revision', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='report',
            name='told',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.decision', verbose_name='décision annoncée'),
        ),
        migrations.AddField(
            model_name='report',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to=settings.AUTH_USER_MODEL, verbose_name='compte'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(models.F('comment'), models.F('state'), name='report_of_comment'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(models.F('email'), condition=models.Q(('email', ''), _negated=True), name='report_by_address'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('decision', None), ('outcome', ''), ('state', 'open')), models.Q(('answered_at__isnull', False), ('decision__isnull', False), ('outcome__in', ('upheld', 'kept')), ('state', 'answered')), _connector='OR'), name='report_answered_by_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'mineurs'), models.Q(('name', ''), ('email', ''), _connector='OR', _negated=True), _connector='OR'), name='report_signed'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('explanation', ''), _negated=True), name='report_explained'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open'), ('user__isnull', False)), fields=('comment', 'user'), name='report_open_once_an_account'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open'), models.Q(('email', ''), _negated=True)), fields=('comment', 'email'), name='report_open_once_an_address'),
        ),
    ]
