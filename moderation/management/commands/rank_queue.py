from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.ranker.model import UnreadableRanker
from moderation.ranking import NoActiveRanker, score_waiting


class Command(BaseCommand):
    help = (
        "Gives the comments that wait already their place under the active ranker. "
        "Can be repeated: those that have one keep it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        try:
            for done, (key, scored) in enumerate(score_waiting(), start=1):
                outcome = _("classé") if scored else _("n’attend plus")
                self.stdout.write(f"[{done}] {key} : {outcome}")
        except NoActiveRanker as error:
            raise CommandError(
                _("Aucun classement appris n’est en service.")
            ) from error
        except UnreadableRanker as error:
            raise CommandError(
                _("Les poids du classement en service sont illisibles : %(why)s.")
                % {"why": error}
            ) from error
        self.stdout.write(
            ngettext(
                "%(count)d commentaire de la file parcouru.",
                "%(count)d commentaires de la file parcourus.",
                done,
            )
            % {"count": done}
        )
