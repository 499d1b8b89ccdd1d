from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.alerts.digest import note_digests
from moderation.alerts.digest_mail import send_digests


class Command(BaseCommand):
    help = (
        "Mail its digest to each moderator who asked for one and whose hour has come. "
        "To be run every five minutes by a scheduler; each goes once a day or week, "
        "however often and however many at once this runs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{note_digests()} digests fell due")
        failed = 0
        for number, (mail, sent) in enumerate(send_digests(), start=1):
            self.stdout.write(f"[{number}] {mail.message_id}")
            if not sent:
                failed += 1
                self.stderr.write(f"{mail.message_id}: not sent, see the log")
        if failed:
            raise CommandError(f"{failed} could not be sent")
