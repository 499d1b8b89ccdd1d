from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from moderation.batches import run_chunk, unfinished_batches


class Command(BaseCommand):
    help = (
        "Goes on with the batches of decisions, and the undoing of batches, that were "
        "stopped in the middle. What was decided stays decided, once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        batches = list(unfinished_batches())
        failed = 0
        for number, batch in enumerate(batches, start=1):
            self.stdout.write(f"[{number}/{len(batches)}] {batch}")
            try:
                while batch.unfinished:
                    batch = run_chunk(batch)
                    self.stdout.write(
                        _("%(done)d décidés, %(skipped)d laissés, %(undone)d annulés")
                        % {
                            "done": batch.done,
                            "skipped": batch.skipped,
                            "undone": batch.undone,
                        }
                    )
            except Exception as error:
                # Its chunk was rolled back; the others are no less worth finishing
                failed += 1
                self.stderr.write(f"{batch}: {error}")
        if failed:
            raise CommandError(
                _("%(count)d lots sont restés en chemin.") % {"count": failed}
            )
        self.stdout.write(_("Aucun lot n’est en chemin."))
