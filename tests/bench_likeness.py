"""How well near copies of comments are found: `python -m tests.bench_likeness`.

Changed copies of the shared French sets' texts, and pairs of different ones of these:
how many of the first share a band and are alike, how many of the second, and how long
a fingerprint takes. The files stay outside of the repository.
"""

import random
import string
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

from moderation.likeness.fingerprint import (
    ALIKE,
    LONG,
    bands,
    letters_of,
    likeness,
    shingles,
)
from tests.moderation_bench.tables import SHARED, shared_rows
from tests.run import say

SETS = ("clean_fr", "toxifrench", "ftr_fr", "mlma_fr", "jigsaw_fr", "comments_dev")
COPIES = 1_000
Change = Callable[[str, random.Random], str]


def replaced(count: int) -> Change:
    def change(text: str, dice: random.Random) -> str:
        words = text.split()
        for _ in range(count):
            words[dice.randrange(len(words))] = dice.choice(VOCABULARY)
        return " ".join(words)

    return change


def inserted(text: str, dice: random.Random) -> str:
    words = text.split()
    for _ in range(2):
        words.insert(dice.randrange(len(words) + 1), dice.choice(VOCABULARY))
    return " ".join(words)


def mistyped(text: str, dice: random.Random) -> str:
    signs = list(text)
    for _ in range(3):
        signs[dice.randrange(len(signs))] = dice.choice(string.ascii_lowercase)
    return "".join(signs)


def shortened(text: str, dice: random.Random) -> str:
    words = text.split()
    gone = max(1, len(words) // 10)
    start = dice.randrange(len(words) - gone + 1)
    return " ".join(words[:start] + words[start + gone :])


def greeted(text: str, _dice: random.Random) -> str:
    return f"Bonjour à tous, {text} Merci de partager."


CHANGES: dict[str, Change] = {
    "one word replaced": replaced(1),
    "three words replaced": replaced(3),
    "two words inserted": inserted,
    "three letters mistyped": mistyped,
    "a tenth of the words left out": shortened,
    "a greeting before and thanks after": greeted,
}


def near_pairs(pieces: list[frozenset[str]]) -> Iterator[tuple[int, int, float]]:
    """The pairs that share a band, with their likeness."""
    holders: dict[int, set[int]] = defaultdict(set)
    for at, each in enumerate(pieces):
        for value in bands(each):
            holders[value].add(at)
    pairs = {
        pair for held in holders.values() for pair in combinations(sorted(held), 2)
    }
    for one, other in sorted(pairs):
        yield one, other, likeness(pieces[one], pieces[other])


def _copied(text: str, change: Change, dice: random.Random) -> frozenset[str]:
    return shingles(letters_of(change(text, dice)))


def main() -> int:
    if not TEXTS:
        say(f"LEFT OUT: no shared data sets (no {SHARED})")
        return 0
    dice = random.Random(3)  # noqa: S311
    began = time.process_time()
    pieces = [shingles(letters_of(text)) for text in TEXTS]
    found = list(near_pairs(pieces))
    spent = (time.process_time() - began) / len(TEXTS) * 1000
    say(f"{len(TEXTS):,} texts of {LONG} letters or more; {spent:.2f} ms each")
    alike = [pair for pair in found if pair[2] >= ALIKE]
    pairs = len(TEXTS) * (len(TEXTS) - 1) // 2
    say(f"of {pairs:,} pairs, {len(found):,} compared, {len(alike):,} alike")
    if "--pairs" in sys.argv:
        for one, other, share in alike:
            say(f"\n{share:.2f} {TEXTS[one]}\n     {TEXTS[other]}")
    sample = dice.sample(TEXTS, min(COPIES, len(TEXTS)))
    for name, change in CHANGES.items():
        hits = 0
        for text in sample:
            before, after = shingles(letters_of(text)), _copied(text, change, dice)
            shared = not set(bands(before)).isdisjoint(bands(after))
            hits += shared and likeness(before, after) >= ALIKE
        say(f"{name:36} {hits / len(sample):6.1%} found")
    return 0


TEXTS = list(
    dict.fromkeys(
        row.text
        for name in SETS
        for row in shared_rows(name)
        if len(letters_of(row.text)) >= LONG
    )
)
VOCABULARY = [word for text in TEXTS for word in text.split()]

if __name__ == "__main__":
    sys.exit(main())
