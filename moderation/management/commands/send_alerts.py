from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.alerts.alert_mail import send_alerts
from moderation.alerts.escalation import note_due


class Command(BaseCommand):
    help = (
        "Tell those whom the escalation steps name of the alerts that wait for too "
        "long: readers' reports, threats, appeals. To be run every five minutes by a "
        "scheduler; several at once do no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{note_due()} steps fell due")
        failed = 0
        for number, (mail, sent) in enumerate(send_alerts(), start=1):
            self.stdout.write(f"[{number}] {mail.message_id}")
            if not sent:
                failed += 1
                self.stderr.write(f"{mail.message_id}: not sent, see the log")
        if failed:
            raise CommandError(f"{failed} could not be sent")
