import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the queue is filtered by, beside each entry: filled by 0012."""

    dependencies = [
        ("articles", "0003_search_index"),
        ("comments", "0007_every_comment_by_index"),
        ("moderation", "0010_watched_articles"),
    ]

    operations = [
        migrations.AddField(
            model_name="queueentry",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="queueentry",
            name="author",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="comments.commenter",
            ),
        ),
        migrations.AddField(
            model_name="queueentry",
            name="marks",
            field=models.TextField(
                blank=True,
                default="",
                editable=False,
                help_text="moderation.marks: those of its flags",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="queueentry",
            name="author_published",
            field=models.PositiveSmallIntegerField(
                default=0,
                editable=False,
                help_text="commentaires parus de l’auteur à son entrée, 100 au plus",
            ),
            preserve_default=False,
        ),
    ]
