"""Other spellings of an insult that readers use: verlan, backwards, by sound, in haste.

Made once from the lexicon, so that looking them up in a text costs nothing more. None
has fewer than five letters: shorter ones would be ordinary words, or stand for them.
"""

import re
from collections.abc import Iterator

_VOWELS = re.compile("[aeiouy]")
_SYLLABLE_ENDS = re.compile(
    r"(?<=[aeiouy])(?=[^aeiouy\W][^\W]*[aeiouy])|(?<=n)(?=[^aeiouyn\W])"
)
_DOUBLED = re.compile(r"([^\W\d_])\1")
_SOUNDS = (
    (re.compile(r"qu"), "k"),
    (re.compile(r"ck?(?=[aourlt]|$)"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[aeiouy])ss(?=[aeiouy])"), "c"),
    (re.compile(r"(?<=[aeiouy])s(?=[aeiouy])"), "z"),
    (re.compile(r"^s(?=[aeiou])"), "ç"),
    (re.compile(r"eau|au"), "o"),
    (re.compile(r"o(?=[^aeiouyn])"), "au"),
    (re.compile(r"^en(?=[^aeiouyn])"), "an"),
    (re.compile(r"^an(?=[^aeiouyn])"), "en"),
    (re.compile(r"(?<=[^aeiouy])i(?=[^aeiouy])"), "y"),
    (re.compile(r"y"), "i"),
    (re.compile(r"gu(?=[ei])"), "g"),
)
_SHORTEST = 5


def respellings(word: str, *, strong: bool) -> Iterator[tuple[str, str]]:
    """Spellings of folded ``word``, one word of the lexicon, with how each was made.

    Only ``strong`` insults are sought in what takes more guessing than reading aloud.
    """
    if len(word) >= _SHORTEST:
        for spelling in _by_sound(word):
            yield spelling, "respelled"
    if not strong:
        return
    if len(word) >= _SHORTEST:
        yield word[::-1], "reversed"
        for match in _SYLLABLE_ENDS.finditer(word):
            yield word[match.start() :] + word[: match.start()], "reversed"
    if len(word) > _SHORTEST:
        for spelling in _in_haste(word):
            yield spelling, "swapped"
    consonants = word[0] + _VOWELS.sub("", word[1:])
    if len(_VOWELS.sub("", consonants)) >= _SHORTEST:
        yield consonants, "vowels"


def _by_sound(word: str) -> Iterator[str]:
    """One sound written otherwise, the last letters that are not heard left out."""
    for sound, letters in _SOUNDS:
        respelled = sound.sub(letters, word).replace("ç", "c")
        if respelled != word:
            yield respelled
            once = sound.sub(letters, word, count=1).replace("ç", "c")
            if once != respelled:
                yield once
            if _DOUBLED.search(respelled):
                yield _DOUBLED.sub(_first, respelled)


def _first(doubled: re.Match[str]) -> str:
    return doubled[1]


def _in_haste(word: str) -> Iterator[str]:
    """Two neighbouring letters inside the word swapped: « conanrd »."""
    for at in range(1, len(word) - 2):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def upside_down(word: str) -> str:
    """``word``, read from turned letters, turned back: its letters came right to left."""
    return word[::-1].translate(_TURNED)


_TURNED = str.maketrans("nupdbq", "undpqb")
