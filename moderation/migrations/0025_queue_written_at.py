"""Give the entries that wait already the time their comments were written.

Their languages and fingerprints come from `manage.py fingerprint`: reading the texts
of a large site takes minutes.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    QueueEntry = apps.get_model("moderation", "QueueEntry")
    written = Comment.objects.filter(pk=OuterRef("comment")).values("created_at")
    QueueEntry.objects.update(written_at=Subquery(written))


class Migration(migrations.Migration):
    dependencies = [("moderation", "0024_groups")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
