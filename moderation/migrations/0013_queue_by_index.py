import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The copies are always there from now on, and the desk's lists read indexes."""

    dependencies = [("moderation", "0012_fill_queue_copies")]

    operations = [
        migrations.AlterField(
            model_name="queueentry",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.article",
            ),
        ),
        migrations.AlterField(
            model_name="queueentry",
            name="author",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="comments.commenter",
            ),
        ),
        migrations.AddIndex(
            model_name="queueentry",
            index=models.Index(
                "article",
                "rank",
                "call",
                "waiting_since",
                "comment",
                name="queue_of_article",
            ),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                "category", "severity", "revision", name="flag_category"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                "moderator",
                "comment",
                name="decision_mine",
                condition=Q(moderator__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                "created_at",
                "waiting_since",
                name="decision_delay",
                condition=Q(
                    moderator__isnull=False, waiting_since__isnull=False, undoes=None
                ),
            ),
        ),
    ]
