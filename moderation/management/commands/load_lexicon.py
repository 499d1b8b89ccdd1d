from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from moderation.lexicon import load_shipped_terms


class Command(BaseCommand):
    help = (
        "Brings the shipped lexicon into the database. Can be repeated: terms that "
        "editors changed, added or switched off stay as they are."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_shipped_terms()
        self.stdout.write(
            _("Lexique : %(added)d ajoutés, %(updated)d mis à jour, %(kept)d gardés.")
            % counts
        )
