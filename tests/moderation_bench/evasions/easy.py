"""Disguises that anybody reads at a glance."""

import unicodedata
from random import Random

from tests.moderation_bench.evasions import Evasion

LEET = {"o": "0", "i": "1", "e": "3", "é": "3", "a": "4", "s": "5", "t": "7", "b": "8"}
VOWELS = frozenset("aeiouyàâéèêëîïôûü")


def without_accents(word: str) -> str:
    """No marks: « enculé » becomes « encule »."""
    return "".join(
        c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
    )


def decomposed(word: str, _: Random) -> str | None:
    """Accents as combining characters."""
    return unicodedata.normalize("NFD", word)


def _capitals(word: str, _: Random) -> str | None:
    return word.upper()


def _capitalised(word: str, _: Random) -> str | None:
    return word.capitalize()


def _mixed_case(word: str, chance: Random) -> str | None:
    at = chance.randrange(len(word))
    return word[:at] + word[at:].capitalize()


def _accents_dropped(word: str, _: Random) -> str | None:
    return without_accents(word)


def _letter_repeated(word: str, chance: Random) -> str | None:
    at = chance.choice([i for i, c in enumerate(word) if c.isalpha()])
    return word[:at] + word[at] * chance.randint(3, 6) + word[at + 1 :]


def _leet(word: str, chance: Random) -> str | None:
    places = [i for i, c in enumerate(word) if c in LEET]
    if not places:
        return None
    at = chance.choice(places)
    return word[:at] + LEET[word[at]] + word[at + 1 :]


def _masked(word: str, chance: Random) -> str | None:
    """One inner letter behind a star, a at-sign for a or a dollar for s."""
    inner = [i for i in range(1, len(word) - 1) if word[i].isalpha()]
    if not inner:
        return None
    at = chance.choice([i for i in inner if word[i] in VOWELS] or inner)
    sign = {"a": "@", "s": "$"}.get(word[at], "*")
    return word[:at] + chance.choice(["*", sign]) + word[at + 1 :]


def _separated(separator: str) -> Evasion:
    def separate(word: str, _: Random) -> str | None:
        return separator.join(c for c in word if c.isalpha())

    return separate


def _inserted(sign: str) -> Evasion:
    def insert(word: str, chance: Random) -> str | None:
        at = chance.randrange(1, len(word))
        return word[:at] + sign + word[at:]

    return insert


def _elided(apostrophe: str) -> Evasion:
    """Glued to what precedes: « d’enculé », and « d’connard » as it is said."""

    def elide(word: str, _: Random) -> str | None:
        return f"d{apostrophe}{word}"

    return elide


def _full_width(word: str, _: Random) -> str | None:
    return "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in without_accents(word)
    )


def _inclusive(pattern: str) -> Evasion:
    def write(word: str, _: Random) -> str | None:
        if word.endswith(("e", "s", "x")) or not word.isalpha():
            return None  # no feminine of its own, or one that nobody writes so
        return word + pattern

    return write


EASY: dict[str, Evasion] = {
    "capitals": _capitals,
    "capitalised": _capitalised,
    "mixed case": _mixed_case,
    "accents dropped": _accents_dropped,
    "accents decomposed (NFD)": decomposed,
    "letter repeated": _letter_repeated,
    "leet digit": _leet,
    "letter masked": _masked,
    "dots": _separated("."),
    "hyphens": _separated("-"),
    "underscores": _separated("_"),
    "spaces": _separated(" "),
    "elision '": _elided("'"),
    "elision ’": _elided("’"),
    "full width": _full_width,
    "zero-width space": _inserted("\u200b"),
    "soft hyphen": _inserted("\u00ad"),
    "inclusive ·e·s": _inclusive("·e·s"),
    "inclusive .e.s": _inclusive(".e.s"),
    "inclusive -e-s": _inclusive("-e-s"),
    "inclusive (e)s": _inclusive("(e)s"),
}

# One of each stage at most, in this order: letters, what stands between, case.
_STAGES: tuple[tuple[str, ...], ...] = (
    ("accents dropped", "letter repeated", "leet digit", "letter masked"),
    ("dots", "hyphens", "spaces", "zero-width space", "soft hyphen"),
    ("capitals", "mixed case", "full width", "accents decomposed (NFD)"),
)


def _composed(stages: tuple[int, ...]) -> Evasion:
    def compose(word: str, chance: Random) -> str | None:
        made, changes = word, 0
        for stage in stages:
            name = chance.choice(_STAGES[stage])
            if name in {"dots", "hyphens", "spaces"} and not made.isalpha():
                name = "zero-width space"  # letters only can be set apart
            if name == "full width" and made == without_accents(word):
                name = "capitals"  # full width has no accents anyhow
            after = EASY[name](made, chance)
            if after is not None and after != made:
                made, changes = after, changes + 1
        return made if changes > 1 else None

    return compose


COMPOSED: dict[str, Evasion] = {
    "letters + between": _composed((0, 1)),
    "letters + case": _composed((0, 2)),
    "between + case": _composed((1, 2)),
    "letters + between + case": _composed((0, 1, 2)),
}


def _between(opening: str, closing: str) -> Evasion:
    """The whole word set off: quotes do not excuse « tu n’es qu’un "…" »."""

    def set_off(word: str, _: Random) -> str | None:
        return f"{opening}{word}{closing}"

    return set_off


SET_OFF: dict[str, Evasion] = {
    "guillemets": _between("«\u00a0", "\u00a0»"),
    'straight "': _between('"', '"'),
    "curly “": _between("“", "”"),
    "single ‘": _between("‘", "’"),
    "brackets": _between("(", ")"),
    "stars": _between("*", "*"),
    "hash tag": _between("#", ""),
}
