from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.appeal_mail import due_answers, send_answers
from moderation.charter.notice_mail import due_charter_notices, send_charter_notices
from moderation.complaints.mail import due_complaints, send_complaint_answers
from moderation.mailing.sending import due_mails, send_mails
from moderation.report_mail import due_reports, send_notices


class Command(BaseCommand):
    help = (
        "Send what is owed and was not yet written: receipts, answers and answers "
        "withdrawn to reporters, answers to authors and reporters who contested a "
        "decision, statements of reasons and sanctions, then important changes of the "
        "charter. To be run every minute by a scheduler."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        owed = (
            (send_notices, due_reports()),
            (send_answers, due_answers()),
            (send_complaint_answers, due_complaints()),
            (send_mails, due_mails()),
            (send_charter_notices, due_charter_notices()),
        )
        due, failed = sum(len(keys) for _send, keys in owed), 0
        sending = chain.from_iterable(send(keys) for send, keys in owed)
        for number, (reference, sent) in enumerate(sending, start=1):
            self.stdout.write(f"[{number}/{due}] {reference}")
            if not sent:
                failed += 1
                self.stderr.write(f"{reference}: not sent, see the log")
        if failed:
            raise CommandError(f"{failed} of {due} could not be sent")
