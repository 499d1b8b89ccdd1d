from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Indexes for the moderators' lists of comments in any state, the newest first."""

    dependencies = [("comments", "0006_commenter_language")]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                F("received_at").desc(), F("id").desc(), name="comment_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                F("received_at").desc(),
                F("id").desc(),
                name="comment_newest_hidden",
                condition=Q(status="hidden"),
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                "author",
                name="comment_author_published",
                condition=Q(status="published"),
            ),
        ),
    ]
