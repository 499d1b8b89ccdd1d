"""Give the entries that wait already their article, their author and their marks."""

from collections import defaultdict

from django.db import migrations
from django.db.models import Count

BATCH = 2000  # entries
MOST_PUBLISHED = 100  # an author's comments, counted so far


def fill(apps, schema_editor):
    QueueEntry = apps.get_model("moderation", "QueueEntry")
    Comment = apps.get_model("comments", "Comment")
    Flag = apps.get_model("moderation", "Flag")
    after = 0
    while True:
        entries = list(
            QueueEntry.objects.filter(pk__gt=after)
            .order_by("pk")
            .select_related("comment")[:BATCH]
        )
        if not entries:
            return
        after = entries[-1].pk
        flags = defaultdict(set)
        found = Flag.objects.filter(
            revision__in=[entry.comment.revision_id for entry in entries]
        ).order_by()
        for revision, *flag in found.values_list(
            "revision_id", "category", "severity", "rule"
        ):
            flags[revision].add(".".join(flag))
        authors = {entry.comment.author_id for entry in entries}
        published = dict(
            Comment.objects.filter(author__in=authors, status="published")
            .order_by()
            .values_list("author")
            .annotate(Count("pk"))
        )
        for entry in entries:
            marks = sorted(flags[entry.comment.revision_id])
            entry.article_id = entry.comment.article_id
            entry.author_id = entry.comment.author_id
            entry.marks = f" {' '.join(marks)} " if marks else ""
            shown = published.get(entry.author_id, 0)
            entry.author_published = min(shown, MOST_PUBLISHED)
        QueueEntry.objects.bulk_update(
            entries,
            ["article", "author", "marks", "author_published"],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("moderation", "0011_queue_copies")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
