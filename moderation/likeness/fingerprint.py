"""What makes two texts the same, or nearly: fingerprints and likeness.

Two texts are the same here if their letters are, once case, accents, look-alike
letters, invisible signs, spaces and punctuation are folded away, and every number and
web address stands for any other. Fingerprints are the same in every process and on
every machine: they are stored.
"""

import re
from collections.abc import Set
from functools import cache
from hashlib import blake2b

from moderation.rules.folding import WORD, fold

LONG = 40
"""Letters from which a text is told apart from small talk (some eight words)."""
ALIKE = 0.6
"""The least likeness of two texts that are nearly the same."""
BANDS = 6
ROWS = 3  # minima in each band
_SHINGLE = 4  # letters
_READ = 20_000  # letters that are compared; a fingerprint reads all of them
_LINK = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"«»]+", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_WORD_SIZE = 64  # bits
_MASK = (1 << _WORD_SIZE) - 1


def letters_of(text: str) -> str:
    """The letters of ``text``, folded, one after the other; « 0 » for any number."""
    folded = fold(_LINK.sub(" lien ", text)).text
    return _NUMBER.sub("0", "".join(WORD.findall(folded)))


def fingerprint(letters: str, *, within: int | None = None) -> int | None:
    """64 bits of a text's `letters_of`, signed as databases want; None without any.

    ``within`` is the key of an article: the same text elsewhere has another one then.
    """
    if not letters:
        return None
    place = "" if within is None else f"{within}:"
    return _signed(_hashed(place + letters))


def shingles(letters: str) -> frozenset[str]:
    """Every run of four letters: what two texts are compared by."""
    read = letters[:_READ]
    last = max(1, len(read) - _SHINGLE + 1)
    return frozenset(read[at : at + _SHINGLE] for at in range(last))


def likeness(a: Set[str], b: Set[str]) -> float:
    """The share of shingles that two texts have in common (Jaccard), 0 to 1."""
    return len(a & b) / (len(a | b) or 1)


def bands(pieces: Set[str]) -> list[int]:
    """BANDS numbers of a text's shingles: texts that share one may be alike.

    MinHash (Broder, On the resemblance and containment of documents, 1997) in bands
    (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4): of two texts of
    likeness s one band agrees with the probability 1 - (1 - s^ROWS)^BANDS: 0.99 at 0.8,
    0.77 at 0.6, 0.00005 at 0.02, where texts that have nothing in common are.
    """
    hashes = [_hashed(piece) for piece in pieces]
    minima = [
        min((number * factor + term) & _MASK for number in hashes)
        for factor, term in _permutations()
    ]
    return [
        _signed(_hashed(f"{band}:{minima[band * ROWS : (band + 1) * ROWS]}"))
        for band in range(BANDS)
    ]


@cache
def _permutations() -> list[tuple[int, int]]:
    """Factors and terms of BANDS * ROWS ways to mix 64 bits: odd factors lose none."""
    return [
        (_hashed(f"factor {n}") | 1, _hashed(f"term {n}")) for n in range(BANDS * ROWS)
    ]


def _hashed(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=_WORD_SIZE // 8).digest(), "big")


def _signed(number: int) -> int:
    return number - (1 << _WORD_SIZE) if number >> (_WORD_SIZE - 1) else number
