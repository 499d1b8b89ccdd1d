import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0004_imported_once_an_article'),
        ('moderation', '0004_settings_patterns_and_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ranker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trained_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='appris le')),
                ('active', models.BooleanField(default=False, help_text='Propose aux modérateurs l’ordre « Probablement à masquer d’abord ». Il ne masque, ne publie et ne signale rien. Mettre un classement en service en retire l’autre.', verbose_name='en service')),
                ('decisions', models.PositiveIntegerField(verbose_name='décisions apprises')),
                ('share_hidden', models.FloatField(verbose_name='part masquée')),
                ('tested', models.PositiveIntegerField(verbose_name='décisions de l’essai')),
                ('base_rate', models.FloatField(verbose_name='part masquée dans l’essai')),
                ('auc', models.FloatField(verbose_name='AUC')),
                ('average_precision', models.FloatField(verbose_name='précision moyenne')),
                ('top_precision', models.FloatField(verbose_name='part masquée en tête')),
                ('flags_auc', models.FloatField(verbose_name='AUC des relevés')),
                ('flags_average_precision', models.FloatField(verbose_name='précision moyenne des relevés')),
                ('flags_top_precision', models.FloatField(verbose_name='part masquée en tête par les relevés')),
                ('weights', models.BinaryField(verbose_name='poids')),
                ('digest', models.CharField(help_text='SHA-256', max_length=64, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'classement appris',
                'verbose_name_plural': 'classements appris',
                'ordering': ('-trained_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('active', True)), fields=('active',), name='ranker_one_active'), models.CheckConstraint(condition=models.Q(('share_hidden__range', (0, 1)), ('base_rate__range', (0, 1)), ('auc__range', (0, 1)), ('average_precision__range', (0, 1)), ('top_precision__range', (0, 1)), ('flags_auc__range', (0, 1)), ('flags_average_precision__range', (0, 1)), ('flags_top_precision__range', (0, 1))), name='ranker_shares_are_shares')],
            },
        ),
        migrations.CreateModel(
            name='RankerScore',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='ranker_score', serialize=False, to='moderation.queueentry')),
                ('score', models.PositiveIntegerField(help_text='en millionièmes')),
                ('ranker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='moderation.ranker')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='comments.revision')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('score__lte', 1000000)), name='ranker_score_at_most_certain')],
            },
        ),
    ]
