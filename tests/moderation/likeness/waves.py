"""What tests of groups share: waves of texts that hardly differ, and bursts."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from moderation.services import submit_comment
from tests.factories import ArticleFactory, ReaderFactory

WAVE = (
    "Signez tous la pétition contre la fermeture de la gare avant samedi soir, "
    "chaque signature compte pour les habitants de la vallée."
)
OTHER = (
    "Le maire a rappelé hier que les travaux du pont commenceraient au printemps, "
    "sans dire combien ils coûteraient à la commune."
)


def post(text=WAVE, *, author=None, article=None, ago=None):
    """A comment of someone that waits for a moderator, sent so long ``ago``."""
    article = article or ArticleFactory(comment_policy="a_priori")
    author = author or ReaderFactory().commenter
    if ago is None:
        return submit_comment(article=article, author=author, text=text)
    with time_machine.travel(timezone.now() - timedelta(minutes=ago), tick=False):
        return submit_comment(article=article, author=author, text=text)


def variants(count):
    """So many texts that say the same in other words here and there."""
    words = "vendredi jeudi mercredi mardi lundi dimanche demain aujourd’hui".split()  # noqa: SIM905
    return [WAVE.replace("samedi", words[n % len(words)]) for n in range(count)]
