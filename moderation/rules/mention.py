"""Tells use from mention: an insult that is quoted or reported is not thrown."""

import re

from moderation.rules.document import Document

_QUOTED = re.compile(r"«[^«»\n]{1,300}»|“[^“”\n]{1,300}”|\"[^\"\n]{1,300}\"")
_REPORTING = re.compile(
    r"\b(?:trait(?:er|e|es|ee|ees|ent|ait|aient|ant)|qualifi\w{1,6}|insult\w{0,6}|injur\w{0,6}|"
    r"mots?|termes?|expressions?|appel(?:le|er|es|ee|ait|ant)\w{0,2}|surnomm\w{1,4}|"
    r"a (?:dit|lance|crie|repondu|ecrit|declare|juge)|ont (?:dit|lance|crie|ecrit)|"
    r"propos|slogans?|pancartes?|cri(?:e|ait|ant|er|aient|ent)|lanc(?:e|ait|ant|er)|"
    r"intitule\w{0,2}|titres?|romans?|films?|chansons?|pieces?)\b"
)
_REACH = (
    60  # characters either side of the quotation in which the reporting word stands
)
_CALLED = re.compile(
    r"\b(?:trait|insult|qualifi)(?:er|e|es|ee|ees|ent|ait|aient|ant)\b"
    r"(?:\s\w{1,12}){0,2}\sd[e']"
)

REASONS = {
    "fr": "le mot est cité ou rapporté plutôt que lancé, d’où une gravité faible",
    "en": "it is quoted or reported rather than thrown, hence a low severity",
}


def is_reported(document: Document, start: int, end: int) -> bool:
    """Whether folded characters ``[start, end)`` are quoted, with a word that says so.

    Quotation marks alone are not enough: « sale "facho" » is an insult.
    """
    text = document.folded.text
    called = _CALLED.search(text, max(0, start - 40), start)
    if (
        called
        and called.end() >= start - 12
        and not _second_person(called[0], text, called.start())
    ):
        return True
    low, high = max(0, start - 320), end + 320
    for quoted in _QUOTED.finditer(text, low, min(len(text), high)):
        if quoted.start() < start and end < quoted.end():
            near = (
                text[max(0, quoted.start() - _REACH) : quoted.start()],
                text[quoted.end() : quoted.end() + _REACH],
            )
            return any(_REPORTING.search(part) for part in near)
    return False


def _second_person(called: str, text: str, at: int) -> bool:
    """« je te traite de … » throws the insult."""
    return bool(re.search(r"\bje (?:te|vous|le|la|les) $", text[max(0, at - 8) : at]))
