"""The language of a comment, as far as the engine tells it: to look for, never to
decide on."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moderation.rules.detection import detected
from moderation.rules.folding import words_of


class Language(models.TextChoices):
    """What comments are filtered by."""

    FRENCH = "fr", _("français")
    ARABIC = "ar", _("arabe")
    ENGLISH = "en", _("anglais")
    OTHER = "other", _("autre langue")
    UNKNOWN = "unknown", _("langue inconnue")


NAMED = frozenset({Language.FRENCH, Language.ARABIC, Language.ENGLISH})


def language_of(languages: Sequence[str]) -> Language:
    """The likeliest of a text's ``languages``, as `Screening.languages` names them."""
    if not languages:
        return Language.UNKNOWN
    return Language(languages[0]) if languages[0] in NAMED else Language.OTHER


def certain_language(text: str) -> str:
    """French, English or Arabic, if nothing in ``text`` tells of any other; else "".

    A screen reader speaks the text so: better not to say than to say it wrong.
    """
    languages = detected(words_of(text), text)
    alone = len(languages) == 1 and languages[0] in NAMED
    return languages[0] if alone else ""


def foreign_language(text: str) -> str:
    """`certain_language`, where it is not the one that the page is in; else ""."""
    language = certain_language(text)
    return "" if language == (get_language() or "fr")[:2] else language
