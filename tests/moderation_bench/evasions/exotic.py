"""Disguises that take the reader a moment."""

import re
from random import Random

from tests.moderation_bench.evasions import Evasion
from tests.moderation_bench.evasions.easy import VOWELS, without_accents

_EMOJI = {
    "a": "🅰️",
    "b": "🅱️",
    "o": "⭕",
    "i": "ℹ️",
    "m": "Ⓜ️",
    "p": "🅿️",
    "x": "❌",
    "s": "💲",
}
_UPSIDE_DOWN = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz",
        strict=True,
    )
)
_CYRILLIC = {
    "a": "а",
    "c": "с",
    "e": "е",
    "o": "о",
    "p": "р",
    "x": "х",
    "i": "і",
    "s": "ѕ",
}
_GREEK = {
    "a": "α",
    "o": "ο",
    "i": "ι",
    "n": "η",
    "u": "υ",
    "p": "ρ",
    "t": "τ",
    "e": "ε",
}
_SOUNDS = (
    (re.compile("qu"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("c(?=[aourl])"), "k"),
    (re.compile("ss"), "ç"),
    (re.compile("^f"), "ph"),
    (re.compile("eau|au"), "o"),
    (re.compile("i"), "y"),
    (re.compile("s$|z$"), "x"),
    (re.compile("[td]$"), ""),
)
_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+(?:[^aeiouy]+$|[^aeiouy](?=[^aeiouy]))?")


def _letters(word: str) -> str:
    return "".join(c for c in without_accents(word) if c.isalpha())


def _reversed(word: str, _: Random) -> str | None:
    return _letters(word)[::-1]


def _verlan(word: str, _: Random) -> str | None:
    syllables: list[str] = _SYLLABLE.findall(_letters(word))
    if len(syllables) < 2:
        return None
    return "".join(syllables[1:]) + syllables[0]


def _vowels_dropped(word: str, _: Random) -> str | None:
    kept = [c for c in word[1:] if c.isalpha() and c not in VOWELS]
    return word[0] + "".join(kept) if len(kept) >= 2 else None


def _swapped(word: str, chance: Random) -> str | None:
    places = [
        i
        for i in range(1, len(word) - 2)
        if word[i] != word[i + 1] and word[i : i + 2].isalpha()
    ]
    if not places:
        return None
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _respelled(word: str, _: Random) -> str | None:
    for sound, letters in _SOUNDS:
        made = sound.sub(letters, word, count=1)
        if made != word:
            return made
    return None


def _emoji(word: str, chance: Random) -> str | None:
    return _one_replaced(word, _EMOJI, chance)


def _one_replaced(word: str, table: dict[str, str], chance: Random) -> str | None:
    places = [i for i, c in enumerate(word) if c in table]
    if not places:
        return None
    at = chance.choice(places)
    return word[:at] + table[word[at]] + word[at + 1 :]


def _regional(word: str, _: Random) -> str | None:
    return "\u200b".join(chr(0x1F1E6 + ord(c) - ord("a")) for c in _letters(word))


def _upside_down(word: str, _: Random) -> str | None:
    return "".join(_UPSIDE_DOWN.get(c, c) for c in _letters(word)[::-1])


def _mixed_with(table: dict[str, str]) -> Evasion:
    def mix(word: str, chance: Random) -> str | None:
        changed = "".join(table.get(c, c) for c in without_accents(word))
        return None if changed == without_accents(word) else changed

    return mix


def _mathematical(word: str, _: Random) -> str | None:
    """Bold sans-serif letters, U+1D5EE onwards."""
    return "".join(
        chr(0x1D5EE + ord(c) - ord("a")) if "a" <= c <= "z" else c
        for c in without_accents(word)
    )


def _wrapped(opening: str, closing: str) -> Evasion:
    """One letter inside a mark-up: « con**n**ard », « con<b>n</b>ard »."""

    def wrap(word: str, chance: Random) -> str | None:
        if len(word) < 3:
            return None
        at = chance.randrange(1, len(word) - 1)
        return word[:at] + opening + word[at] + closing + word[at + 1 :]

    return wrap


def _cut(sign: str) -> Evasion:
    def cut(word: str, chance: Random) -> str | None:
        if len(word) < 4:
            return None
        at = chance.randrange(2, len(word) - 1)
        return word[:at] + sign + word[at:]

    return cut


EXOTIC: dict[str, Evasion] = {
    "reversed": _reversed,
    "verlan": _verlan,
    "vowels dropped": _vowels_dropped,
    "letters swapped": _swapped,
    "phonetic": _respelled,
    "emoji for a letter": _emoji,
    "regional indicators": _regional,
    "upside down": _upside_down,
    "Cyrillic letters": _mixed_with(_CYRILLIC),
    "Greek letters": _mixed_with(_GREEK),
    "mathematical letters": _mathematical,
    "Markdown **": _wrapped("**", "**"),
    "Markdown _": _wrapped("_", "_"),
    "HTML <b>": _wrapped("<b>", "</b>"),
    "HTML comment": _cut("<!-- -->"),
    "two lines": _cut("\n"),
    "two lines, hyphen": _cut("-\n"),
}
