"""Decodes one disguised word: leet, masked letters, separators, repeated letters.

A chunk stands for a word of the lexicon only if all of it does: « c.o.n » is one,
« c.o.n.c.e.r.t » is none.
"""

import re

from moderation.rules.spellings import LONGEST, Spellings

LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t",
    "8": "b", "9": "gq", "@": "a", "$": "s", "€": "e", "!": "i", "|": "il", "+": "t",
    "£": "l", "¢": "c",
}  # fmt: skip
_MASKS = "*#%&@+"  # may hide any letter; so may an emoji
_LONGEST_CHUNK = 4 * LONGEST  # with its separators and repeated letters
_CUT = re.compile(
    r"(?<=^[a-z])(?:\.{2,}|…)(?=[a-z]{3,}$)|(?<=^[a-z]{2})(?:\.{2,}|…)(?=[a-z]{3,}$)"
)
_DOUBLED = re.compile(r"([^\W\d_])\1")
_LONG_RUN = re.compile(r"([^\W\d_])\1\1+")


def decode(chunk: str, spellings: Spellings) -> list[tuple[str, str]]:
    """The words that ``chunk`` stands for, each with the variant it is written in."""
    if not 2 < len(chunk) <= _LONGEST_CHUNK:
        return []
    if _CUT.search(chunk):
        return [(word, "masked") for word in _around_dots(chunk, spellings)]
    as_letters = [c for c in chunk if c.isalnum() or c in LEET]
    words = _spelled(as_letters, spellings)
    if words:
        leet = not all(map(str.isalpha, as_letters))
        return [(word, "leet" if leet else "separated") for word in words]
    masked = [(word, "masked") for word in _unmasked(chunk, spellings)]
    bare = "".join(c for c in chunk if c.isalnum())
    if bare in spellings.words and chunk[0].isalpha():
        masked.append((bare, "separated"))
    return masked


def _around_dots(chunk: str, spellings: Spellings) -> list[str]:
    """« c...asse »: how an insult begins and ends, dots in between."""
    head, tail = _CUT.split(chunk, maxsplit=1)
    return spellings.between(head, tail)


def _spelled(letters: list[str], spellings: Spellings) -> list[str]:
    """Words written with these letters, digits and signs, some perhaps repeated."""
    options = [c if c.isalpha() else LEET.get(c, "") for c in letters]
    if not options or "" in options:
        return []
    words = spellings.spelled(options) if len(options) <= LONGEST else []
    likely = "".join(option[0] for option in options)
    if not words and _DOUBLED.search(likely):
        words = list(spellings.stretched_from(likely))
    if not words and likely in spellings.respelled:
        words = [spellings.respelled[likely][0]]  # « k0nnard »
    return words


def _unmasked(chunk: str, spellings: Spellings) -> list[str]:
    """Words whose hidden letters are behind stars, other signs or emoji."""
    for written in dict.fromkeys((chunk, _LONG_RUN.sub(r"\1", chunk))):
        options = letters_of(written)
        masks = options.count("")
        if not masks or len(options) > LONGEST or not options[0].isalpha():
            continue
        if len(options) - masks < max(2, masks):
            continue
        certain = all(c == "*" for c in written if _is_mask(c))
        words = spellings.unmasked(options, certain=certain, strong=masks > 1)
        if words:
            return words
    return []


def letters_of(chunk: str) -> list[str]:
    """The letters that may stand at each place of ``chunk``; "" for any."""
    return [
        "" if _is_mask(c) else c if c.isalpha() else LEET.get(c, "-")
        for c in chunk
        if c.isalnum() or c in LEET or _is_mask(c)
    ]


def _is_mask(char: str) -> bool:
    return char in _MASKS or (char > "\u2000" and not char.isalnum())
