from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.report_mail import due_reports, send_notices


class Command(BaseCommand):
    help = (
        "Send reporters what they are owed and have not been written: receipts, "
        "answers, answers withdrawn. To be run every minute by a scheduler."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        due = due_reports()
        failed = 0
        for number, (reference, sent) in enumerate(send_notices(due), start=1):
            self.stdout.write(f"[{number}/{len(due)}] {reference}")
            if not sent:
                failed += 1
                self.stderr.write(f"{reference}: not sent, see the log")
        if failed:
            raise CommandError(f"{failed} of {len(due)} could not be sent")
