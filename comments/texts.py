"""What a comment's text may be, before it is stored as the reader wrote it."""

import unicodedata

import regex
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.errors import InvalidText

GRAPHEME = regex.compile(r"\X")
INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Zl", "Zp", "Zs"})
WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.-][\p{L}\p{N}\p{M}]+)*")
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters drawn as nothing


def grapheme_count(text: str) -> int:
    """How many characters a reader sees in ``text`` (extended grapheme clusters).

    UAX #29, https://www.unicode.org/reports/tr29/
    """
    return sum(1 for _match in GRAPHEME.finditer(text))


def word_count(text: str) -> int:
    """How many words ``text`` has; « l’article » and « porte-voix » are one each."""
    return sum(1 for _match in WORD.finditer(text))


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` can be seen: spaces, controls, zero-width signs."""
    return all(unicodedata.category(c) in INVISIBLE or c in BLANK_LETTERS for c in text)


def with_line_feeds(text: str) -> str:
    """Forms send CR LF for each line break the reader typed; keep one LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def can_be_stored(text: str) -> bool:
    """Whether every database takes ``text``: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def check_text(text: str) -> None:
    """Raise InvalidText, with a message for the reader, if ``text`` cannot be posted."""
    if not can_be_stored(text):
        raise InvalidText(
            _("Ce texte contient des caractères invalides : retapez-le ici.")
        )
    if is_blank(text):
        raise InvalidText(_("Votre commentaire est vide : écrivez quelque chose."))
    check_length(text, settings.COMMENT_MAX_LENGTH)


def check_length(text: str, limit: int) -> None:
    """Raise InvalidText if ``text`` has more than ``limit`` graphemes."""
    # A grapheme has at least one code point: no need to cut up a huge text
    excess = len(text) - limit
    if excess > 0 and len(text) <= 20 * limit:
        excess = grapheme_count(text) - limit
    if excess > 0:
        raise InvalidText(
            ngettext(
                "Votre commentaire dépasse la limite de %(limit)s caractères : "
                "il y en a %(excess)s de trop.",
                "Votre commentaire dépasse la limite de %(limit)s caractères : "
                "il y en a %(excess)s de trop.",
                excess,
            )
            % {"limit": intcomma(limit), "excess": intcomma(excess)}
        )
