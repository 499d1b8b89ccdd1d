from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.charter.loading import load_shipped_charter
from moderation.charter.models import CharterVersion
from moderation.charter.publishing import publish_charter


class Command(BaseCommand):
    help = (
        "Brings the shipped charter into the database, and publishes its first version "
        "where there is none. Can be repeated: what editors changed stays, and later "
        "versions are theirs to publish."
    )

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        counts = load_shipped_charter()
        self.stdout.write(
            _(
                "Charte : %(added)d ajoutées, %(updated)d mises à jour, %(kept)d gardées."
            )
            % counts
        )
        if not CharterVersion.objects.exists():
            version = publish_charter(by=None)
            self.stdout.write(_("Publiée : %(version)s.") % {"version": version})
