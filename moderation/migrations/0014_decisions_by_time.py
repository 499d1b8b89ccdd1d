"""What people decided and readers reported in a time is read from an index."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0007_every_comment_by_index"),
        ("moderation", "0013_queue_by_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="decision",
            options={
                "ordering": ("-pk",),
                "permissions": (
                    ("view_workload", "Peut voir le travail de chaque modérateur"),
                ),
                "verbose_name": "décision",
                "verbose_name_plural": "décisions",
            },
        ),
        migrations.RemoveIndex(model_name="decision", name="decision_delay"),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                "created_at",
                "waiting_since",
                name="decision_by_people",
                condition=Q(moderator__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index("created_at", name="report_by_time"),
        ),
    ]
