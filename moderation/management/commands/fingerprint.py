from typing import Any

from django.core.management.base import BaseCommand

from moderation.likeness.filling import fill_prints, fill_queue


class Command(BaseCommand):
    help = (
        "Read the language and the fingerprint of texts stored before there were any, "
        "and put what waits into groups. Can run beside the site, be stopped and run "
        "again: it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, work in (("texts", fill_prints()), ("queue", fill_queue())):
            done = 0
            for done in work:
                if options["verbosity"] > 1 or done % 50_000 == 0:
                    self.stdout.write(f"{kind}: {done}")
            self.stdout.write(f"{kind}: {done} read")
