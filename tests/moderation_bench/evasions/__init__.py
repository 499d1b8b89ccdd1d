"""Ways in which readers disguise a word. Seeded: the same word, the same disguise.

An evasion takes a word and a source of chance and gives the disguised word, or None
where it does not apply (no accent to drop, no letter with a digit that looks like it).
"""

from collections.abc import Callable
from random import Random

Evasion = Callable[[str, Random], str | None]
SEED = 1881


def chance(name: str, word: str) -> Random:
    """The source of chance of one evasion on one word: the same at every run."""
    return Random(f"{SEED}:{name}:{word}")  # noqa: S311 - no secret depends on it


def disguise(name: str, evasion: Evasion, word: str) -> str | None:
    """``word`` disguised, or None if that changes nothing."""
    made = evasion(word, chance(name, word))
    return None if made == word else made
