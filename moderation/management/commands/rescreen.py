from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from comments.models import Comment
from moderation.queue import unscreened
from moderation.services import rescreen


class Command(BaseCommand):
    help = (
        "Screens again the comments that wait because their screening failed, and "
        "decides as it should have. What moderators decided meanwhile stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(unscreened().values_list("pk", flat=True))
        for number, key in enumerate(keys, start=1):
            decision = rescreen(Comment.objects.get(pk=key))
            outcome = (
                decision.get_action_display() if decision else _("sans changement")
            )
            self.stdout.write(f"[{number}/{len(keys)}] {key} : {outcome}")
        left = unscreened().count()
        if left:
            raise CommandError(
                _("L’analyse a encore échoué : %(count)d à reprendre.")
                % {"count": left}
            )
        self.stdout.write(_("Tout est analysé."))
