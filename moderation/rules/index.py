"""The lexicon compiled: finds every term in a document, in time linear in its words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from moderation.rules.document import Document
from moderation.rules.evasion import Disguises, Reading, readings
from moderation.rules.folding import plain, words_of
from moderation.rules.guards import unguarded
from moderation.rules.inflection import forms_of
from moderation.rules.lexicon import Entry, Kind, Tier
from moderation.rules.spellings import Spellings, fits

_DISGUISED = frozenset({Kind.INSULT, Kind.LABEL, Kind.FIGURE, Kind.EPITHET})
# Letters a word must exceed for a masked form of it to be guessed.
_MASKABLE_FROM = {Kind.INSULT: 0, Kind.LABEL: 5, Kind.EPITHET: 5}
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "ال", "لل", "يا", "و", "ف", "ب", "ل")


@dataclass(slots=True)  # frozen, it would take twice the time to make
class Hit:
    """A lexicon entry found at words ``first`` to ``last`` of a document, inclusive.

    ``variant`` names the disguise it was read through, empty for a plain spelling.
    """

    entry: Entry
    first: int
    last: int
    variant: str = ""


@dataclass(slots=True)
class _Node:
    """One step of the word trie: what may follow, and what ends here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class LexiconIndex:
    """Entries by their folded forms. Built once, read only afterwards."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        self._phrases: set[str] = set()
        self.acronyms: frozenset[str] = frozenset()
        disguisable: dict[str, bool] = {}  # whether it is one word as it stands
        maskable: dict[str, Tier] = {}
        ordinary: set[str] = set()
        acronyms: set[str] = set()
        heads: list[Entry] = []
        tails: list[Entry] = []
        contexts: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            if entry.kind == Kind.ACRONYM:
                acronyms.update({entry.text, *entry.forms})
            elif entry.kind == Kind.ORDINARY:
                ordinary.update(map(plain, (entry.text, *entry.forms)))
            elif entry.kind == Kind.CONTEXT:
                contexts[entry.text].update(map(plain, entry.forms))
            elif entry.kind == Kind.COMPOUND_HEAD:
                heads.append(entry)
            elif entry.kind == Kind.COMPOUND_TAIL:
                tails.append(entry)
            else:
                self._add_entry(entry, disguisable, maskable)
        first_halves = [
            (head, words_of(first))
            for head in heads
            for first in {head.text, *head.forms}
        ]
        for tail in tails:
            self._add_compounds(first_halves, tail)
        self.acronyms = frozenset(acronyms)
        self._contexts = {term: frozenset(words) for term, words in contexts.items()}
        self._spellings = Spellings(
            disguisable,
            single=(word for word, single in disguisable.items() if single),
            maskable=maskable,
            strong=(w for w, tier in maskable.items() if tier == Tier.ALWAYS),
            ordinary=ordinary,
            phrases=self._phrases,
            known=frozenset(self._root.next),
        )
        self._first_words = frozenset(self._root.next)

    def hits(self, document: Document) -> list[Hit]:
        """Every term in ``document`` that no guard allows, in reading order."""
        disguised = readings(document, self._spellings)
        text = document.folded.text
        arabic = not text.isascii() and _ARABIC.search(text) is not None
        edges: dict[int, list[Reading]] = defaultdict(list)
        for reading in disguised.readings:
            edges[reading.first].append(reading)
        found: dict[tuple[int, int, int], Hit] = {}
        words, roots = document.words, self._root.next
        starting = self._stems_start if arabic else self._starts
        for number, at in enumerate(starting(document, edges, disguised)):
            if not number % 64:
                document.deadline.check()
            starts = edges.get(at, ()) if edges else ()
            if at not in disguised.blocked:
                forms = _stems(words[at]) if arabic else (words[at],)
                after = words[at + 1] if at + 1 < len(words) else ""
                told = at + 1 in edges or at + 1 in disguised.masked
                for form in forms:
                    node = roots.get(form)
                    if node is None:
                        continue
                    if told or after in node.next:
                        starts = [Reading(at, at, form, ""), *starts]
                        continue
                    for entry in node.entries:  # most terms are one word
                        found.setdefault((at, at, id(entry)), Hit(entry, at, at))
            for start in starts:
                node = roots.get(start.word)
                if node is None:
                    continue
                for hit in self._follow(document, start, node, edges, disguised):
                    found.setdefault((hit.first, hit.last, id(hit.entry)), hit)
        return unguarded(document, list(found.values()), self._contexts)

    def _starts(
        self,
        document: Document,
        edges: Mapping[int, list[Reading]],
        disguised: Disguises,
    ) -> list[int]:
        """The words at which a term may start.

        Most « de » neither end a term nor are followed by one's next word: they are
        left out here, where it costs least.
        """
        words, first_node = document.words, self._root.next.get
        found = [
            at
            for at, (word, after) in enumerate(zip_longest(words, words[1:]))
            if (node := first_node(word)) is not None
            and (node.entries or after in node.next)
        ]
        if not edges and not disguised.masked:
            return found
        told = {
            at - 1
            for at in (*edges, *disguised.masked)
            if at and words[at - 1] in self._first_words
        }
        return sorted({*found, *edges, *told})

    def _stems_start(
        self,
        document: Document,
        edges: Mapping[int, list[Reading]],
        disguised: Disguises,
    ) -> list[int]:
        """As :meth:`_starts` for a text with Arabic, whose particles hide the term."""
        first_words = self._first_words
        starting = document.vocabulary & first_words
        starting |= {
            word
            for word in document.vocabulary
            if "\u0600" <= word[0] <= "\u06ff"
            and not first_words.isdisjoint(_stems(word))
        }
        return [
            at
            for at, word in enumerate(document.words)
            if word in starting or at in edges
        ]

    def _follow(
        self,
        document: Document,
        start: Reading,
        node: _Node,
        edges: dict[int, list[Reading]],
        disguised: Disguises,
    ) -> Iterator[Hit]:
        """Walk the trie from one first word; depth is bounded by the longest term."""
        stack = [(node, start.last, start.variant)]
        while stack:
            node, last, variant = stack.pop()
            for entry in node.entries:
                yield Hit(entry, start.first, last, variant)
            if not node.next or not document.joined(last):
                continue
            following = last + 1
            if following not in disguised.blocked:
                step = node.next.get(document.words[following])
                if step is not None:
                    stack.append((step, following, variant))
            for reading in edges.get(following, ()):
                step = node.next.get(reading.word)
                if step is not None:
                    stack.append((step, reading.last, variant or reading.variant))
            if following in disguised.masked:
                end, letters, more = disguised.masked[following]
                for word, step in node.next.items():
                    shown = word[: len(letters)] if more else word
                    if len(shown) == len(letters) and fits(shown, letters):
                        stack.append((step, end, "masked"))

    def _add_entry(
        self, entry: Entry, disguisable: dict[str, bool], maskable: dict[str, Tier]
    ) -> None:
        for form in forms_of(entry):
            words = words_of(form)
            if not words:
                continue
            self._insert(words, entry)
            glued = "".join(words)
            if entry.kind not in _DISGUISED or entry.tier == Tier.HINT:
                continue
            if len(words) > 1 and len(glued) > 6:
                self._insert([glued], entry)
            if len(words) > 1:
                maskable.update((w, Tier.ALWAYS) for w in words if len(w) > 4)
            if len(words) == 1 or len(glued) > 6:
                disguisable[glued] = disguisable.get(glued, True) and len(words) == 1
                if len(glued) > _MASKABLE_FROM.get(Kind(entry.kind), 6):
                    maskable[glued] = Tier(entry.tier)

    def _add_compounds(
        self, first_halves: Iterable[tuple[Entry, list[str]]], tail: Entry
    ) -> None:
        second_halves = [words_of(form) for form in forms_of(tail)]
        for head, first in first_halves:
            entry = Entry(
                text=f"{head.text}-{tail.text}",
                language=tail.language,
                kind=Kind.EPITHET,
                tier=tail.tier,
                severity=tail.severity,
                note=tail.note,
            )
            leaf = _Node(entries=[entry])  # one for all forms: there are thousands
            node = self._root
            for word in first:
                node = node.next.setdefault(word, _Node())
            for second in second_halves:
                glued = "".join(first + second)
                self._phrases.add(glued)
                if len(second) > 1:
                    self._insert(first + second, entry)
                else:
                    _end(node, second[0], leaf)
                _end(self._root, glued, leaf)

    def _insert(self, words: list[str], entry: Entry) -> None:
        if len(words) > 1:
            self._phrases.add("".join(words))
            self._phrases.update(map("".join, pairwise(words)))
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if entry not in node.entries:
            node.entries.append(entry)


def _end(node: _Node, word: str, leaf: _Node) -> None:
    """Let what ``leaf`` ends end at ``word`` after ``node``."""
    known = node.next.setdefault(word, leaf)
    if known is not leaf:
        known.entries += [entry for entry in leaf.entries if entry not in known.entries]


def _stems(word: str) -> list[str]:
    """``word``, and for Arabic what is left without a joined article or particle."""
    if not "\u0600" <= word[0] <= "\u06ff":
        return [word]
    return [word] + [
        word.removeprefix(p)
        for p in _ARABIC_PREFIXES
        if word.startswith(p) and len(word) - len(p) >= 3
    ]
