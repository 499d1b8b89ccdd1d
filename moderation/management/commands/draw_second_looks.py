from typing import Any

from django.core.management.base import BaseCommand

from moderation.second_looks.drawing import audit, days_to_audit
from moderation.second_looks.judging import close_moot


class Command(BaseCommand):
    help = (
        "Draw, among the published comments that no rule flagged, those that moderators "
        "judge blind; close the second looks in which nothing is left to judge. To be "
        "run every day by a scheduler; a day is drawn once, missed ones are caught up."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for day in days_to_audit():
            drawn = audit(day)
            self.stdout.write(
                f"{drawn.day}: {drawn.looks.count()} of {drawn.unflagged} drawn"
            )
        self.stdout.write(f"{close_moot()} closed: nothing left to judge")
