"""Signatures: what they may be, and when two of them look the same (TRUST S-34)."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 60  # code points
LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s"})
"""Latin signs that are drawn alike; other scripts cannot be mixed in."""


def name_key(name: str) -> str:
    """What two look-alike signatures have in common: no case, accents or spaces."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c for c in decomposed if unicodedata.category(c)[0] in "LN|")
    return kept.translate(LOOKALIKES)[:200]


def check_name(name: str) -> None:
    """Raise ValidationError if ``name`` cannot sign comments."""
    if not any(unicodedata.category(c)[0] == "L" for c in name):
        raise ValidationError(_("Votre signature doit contenir au moins une lettre."))
    if any(unicodedata.category(c)[0] == "C" for c in name):
        raise ValidationError(_("Votre signature contient des signes invisibles."))
    if len({_script(c) for c in name if unicodedata.category(c)[0] == "L"}) > 1:
        raise ValidationError(
            _("Votre signature mélange plusieurs alphabets : n’en gardez qu’un.")
        )


def _script(letter: str) -> str:
    """The first word of the letter's Unicode name: LATIN, ARABIC, CYRILLIC…"""
    return unicodedata.name(letter, "UNKNOWN").split()[0].replace("FULLWIDTH", "LATIN")
