from typing import Any

from django.core.management.base import BaseCommand

from articles.search.index import reindex_articles
from comments.search import reindex_comments


class Command(BaseCommand):
    help = (
        "Build the search index again, of all articles and comments: after the "
        "analysis of words changed, or rows were loaded past the services. "
        "Can run beside the site, and twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, work in (
            ("articles", reindex_articles()),
            ("comments", reindex_comments()),
        ):
            done = 0
            for done in work:
                if options["verbosity"] > 1:
                    self.stdout.write(f"{kind}: {done}")
            self.stdout.write(f"{kind}: {done} indexed")
