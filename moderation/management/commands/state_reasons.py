from typing import Any

from django.core.management.base import BaseCommand

from moderation.statements import state_earlier_hidings


class Command(BaseCommand):
    help = (
        "Write the statements of reasons of comments hidden before they were kept. "
        "Sends no mail; can run twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        written = state_earlier_hidings()
        self.stdout.write(f"{written} exposé(s) des motifs ajouté(s).")
