from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles.models import Article
from comments.models import Comment
from comments.rendering import language_said, render

BATCH = 500


class Command(BaseCommand):
    help = (
        "Renders again the HTML stored beside each comment, after a change of the "
        "renderer. Works in batches; can be stopped and repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seen = changed = last = 0
        while batch := _render_batch(after=last):
            last, read, written = batch
            seen += read
            changed += written
            self.stdout.write(
                _("%(seen)d commentaires relus, %(changed)d changés")
                % {"seen": seen, "changed": changed}
            )
        if not seen:
            self.stdout.write(_("Aucun commentaire"))


@transaction.atomic
def _render_batch(*, after: int) -> tuple[int, int, int] | None:
    """Render the BATCH comments after key ``after``; the last key, read, changed.

    Their rows are locked, so that no text changes between reading and writing. The
    articles' versions rise: their pages are not the same any more.
    """
    comments = list(
        Comment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("revision")
        .only("pk", "article_id", "html", "revision__text", "revision__masks")
        .filter(pk__gt=after, revision__isnull=False)
        .order_by("pk")[:BATCH]
    )
    if not comments:
        return None
    changed = []
    for comment in comments:
        assert comment.revision is not None
        html = render(
            comment.revision.text,
            comment.revision.masked_spans,
            language=language_said(comment.html),
        )
        if html != comment.html:
            comment.html = html
            changed.append(comment)
    Comment.objects.bulk_update(changed, ["html"], batch_size=100)
    Article.objects.filter(pk__in={c.article_id for c in changed}).update(
        version=F("version") + 1
    )
    return comments[-1].pk, len(comments), len(changed)
