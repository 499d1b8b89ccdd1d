from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = (
        "Bring the database up to date: migrations, cache table, shipped lexicon "
        "and charter, statements of reasons. "
        "Run it before each start; what editors changed stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--static", action="store_true", help="also collect the static files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._step("migrate", verbosity=0)
        self._step("createcachetable")
        self._step("load_lexicon")
        self._step("load_charter")
        self._step("state_reasons")
        if options["static"]:
            self._step("collectstatic", interactive=False, verbosity=0)

    def _step(self, name: str, **options: Any) -> None:
        self.stdout.write(f"== {name}")
        call_command(name, stdout=self.stdout, stderr=self.stderr, **options)
