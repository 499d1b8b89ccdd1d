"""The lexicon's words arranged for comparison with disguised ones."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, product
from math import prod

from moderation.rules.remembered import REMEMBERED
from moderation.rules.respelling import respellings

LONGEST = 24  # letters; a disguised word may not be longer
_COMBINATIONS = 16  # spellings of one leet word tried one by one
_DOUBLED = re.compile(r"([^\W\d_])\1")


class Spellings:
    """What disguised words are compared with.

    ``words`` are insults written as one word; ``single`` those that are one, and are
    sought in other spellings; ``maskable`` those that may be guessed
    behind masked letters, words of longer insults among them; ``strong`` those guessed
    even when several letters are hidden; ``ordinary`` harmless words of like shape;
    ``phrases`` are all terms of several words, glued; ``known`` the first words of all terms, guards included, and the ordinary ones.
    ``decoded`` remembers what disguised words stood for: {chunk: [(word, variant)]}.
    ``respelled`` tells what other spellings stand for: {spelling: (word, variant)}.
    """

    def __init__(
        self,
        words: Iterable[str],
        *,
        single: Iterable[str],
        maskable: Iterable[str],
        strong: Iterable[str],
        ordinary: Iterable[str],
        phrases: Iterable[str],
        known: frozenset[str],
    ) -> None:
        self.words = frozenset(words)
        self._maskable = frozenset(maskable)
        self._strong = frozenset(strong)
        self._strong_by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._strong):
            self._strong_by_letter[word[0]].append(word)
        self._spellable = self.words | self._maskable
        self.ordinary = frozenset(ordinary)
        self.phrases = frozenset(phrases)
        self.known = known | self.ordinary
        self._by_shape: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        self.decoded: dict[str, list[tuple[str, str]]] = {}
        self._seen: set[str] = set()
        self._repeating: set[str] = set()
        self._repeated: dict[str, tuple[str, ...]] = {}
        self._ordinary: dict[tuple[int, str], list[str]] = defaultdict(list)
        for word in self.ordinary:
            self._ordinary[len(word), word[0]].append(word)
        for word in sorted(self._spellable):
            self._by_shape[len(word), word[0]].append(word)
        for word in sorted(self.words):
            self._by_skeleton[skeleton(word)].append(word)
        self.respelled: dict[str, tuple[str, str]] = {}
        for word in sorted(single):
            for spelling, variant in respellings(word, strong=word in self._strong):
                if spelling not in self.words and spelling not in self.known:
                    self.respelled.setdefault(spelling, (word, variant))
        self.respelt = frozenset(self.respelled)

    def spelled(self, options: list[str]) -> list[str]:
        """Words whose every letter is among the options at its place."""
        if prod(map(len, options)) > _COMBINATIONS:
            return self._like(options)
        spelled = map("".join, product(*options))
        return [word for word in spelled if word in self._spellable]

    def _like(self, options: list[str]) -> list[str]:
        """As :meth:`spelled`, where "" stands for any letter."""
        return [
            word
            for first in options[0]
            for word in self._by_shape.get((len(options), first), ())
            if fits(word, options)
        ]

    def unmasked(self, options: list[str], *, certain: bool, strong: bool) -> list[str]:
        """Insults that a masked word stands for; ``options`` "" for any letter.

        A star hides a word on purpose (``certain``); behind other signs, an ordinary
        word is as likely as an insult. When several letters are hidden, only ``strong``
        insults are guessed.
        """
        shape = len(options), options[0]
        if not certain and any(fits(w, options) for w in self._ordinary.get(shape, ())):
            return []
        among = self._strong if strong else self._maskable
        return [word for word in self._like(options) if word in among]

    def between(self, head: str, tail: str) -> list[str]:
        """Strong insults that begin with ``head`` and end with ``tail``."""
        return [
            word
            for word in self._strong_by_letter.get(head[:1], ())
            if word.startswith(head)
            and word.endswith(tail)
            and len(word) > len(head) + len(tail)
        ]

    def long_within(self, letters: str) -> list[tuple[str, int]]:
        """Strong insults of seven letters or more among ``letters``, with their places."""
        return [
            (word, at)
            for words in self._strong_by_letter.values()
            for word in words
            if len(word) >= 7 and (at := letters.find(word)) >= 0
        ]

    def repeated_among(self, words: frozenset[str]) -> frozenset[str]:
        """Those of ``words`` that are insults with letters repeated.

        Remembered, since most words of a text are in the next one as well.
        """
        if len(self._seen) > REMEMBERED:
            self._seen, self._repeated, self._repeating = set(), {}, set()
        for word in words - self._seen:
            if found := tuple(self._repeated_letters(word)):
                self._repeated[word] = found
                self._repeating.add(word)
        self._seen |= words
        return words & self._repeating

    def repeated_in(self, word: str) -> tuple[str, ...]:
        """As :meth:`stretched_from` for a word of a text that is no word of the lexicon."""
        found = self._repeated.get(word)
        return tuple(self._repeated_letters(word)) if found is None else found

    def _repeated_letters(self, word: str) -> Iterator[str]:
        if len(word) < 4 or word in self.known or not _DOUBLED.search(word):
            return
        runs = run_lengths(word)
        if word.endswith(("ee", "ees")) and max(runs) < 3:
            return  # « salopée », a participle
        if len(runs) >= 5 or max(runs) > 2 or min(runs) > 1:
            yield from self.stretched_from(word)

    def stretched_from(self, word: str) -> Iterator[str]:
        """Words that repeating letters turns into ``word``, or nearly."""
        bare = skeleton(word)
        for form in self._by_skeleton.get(bare, ()):
            if word != form and (len(bare) >= 5 or _runs_cover(word, form)):
                yield form


def fits(word: str, options: list[str]) -> bool:
    return all(
        not allowed or letter in allowed
        for letter, allowed in zip(word, options, strict=True)
    )


def skeleton(word: str) -> str:
    """``word`` with every run of one letter made single."""
    if not _DOUBLED.search(word):
        return word
    return "".join(letter for letter, _ in groupby(word))


def _runs_cover(word: str, form: str) -> bool:
    """Whether ``word`` repeats the letters of ``form`` at least as often."""
    runs, wanted = run_lengths(word), run_lengths(form)
    return all(have >= want for have, want in zip(runs, wanted, strict=True))


def run_lengths(word: str) -> list[int]:
    lengths: list[int] = []
    previous = ""
    for letter in word:
        if letter == previous:
            lengths[-1] += 1
        else:
            lengths.append(1)
        previous = letter
    return lengths
