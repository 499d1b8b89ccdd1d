"""The language mail to an author is written in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_newest_by_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='commenter',
            name='language',
            field=models.CharField(choices=[('fr', 'Français'), ('en', 'Anglais')], default='fr', help_text='celle des pages où il a écrit en dernier', max_length=2, verbose_name='langue'),
        ),
    ]
