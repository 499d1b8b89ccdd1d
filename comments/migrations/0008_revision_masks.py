"""What readers do not see of a text, beside it: the text itself keeps every sign."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0007_every_comment_by_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='masks',
            field=models.JSONField(default=list, editable=False, help_text='[[start, end, kind]]: comments.masking.settled', verbose_name='passages masqués'),
        ),
    ]
