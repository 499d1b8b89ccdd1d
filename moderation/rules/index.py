"""The lexicon compiled: finds every term in a document, in time linear in its words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from moderation.rules.document import Document
from moderation.rules.evasion import Disguises, Masked, Reading, readings
from moderation.rules.folding import plain, words_of
from moderation.rules.inflection import forms_of
from moderation.rules.lexicon import Entry, Kind, Tier
from moderation.rules.spellings import Spellings, fits
from moderation.rules.trace import Outcome

_DISGUISED = frozenset({Kind.INSULT, Kind.LABEL, Kind.FIGURE, Kind.EPITHET})
# Letters a word must exceed for a masked form of it to be guessed.
_MASKABLE_FROM = {Kind.INSULT: 0, Kind.LABEL: 5}
_WRITTEN_WORD = re.compile(r"[^\W_]+")
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "ال", "لل", "يا", "و", "ف", "ب", "ل")


@dataclass(frozen=True, slots=True)
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
        for tail in tails:
            self._add_compounds(heads, tail)
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
        arabic = any("\u0600" <= word[0] <= "\u06ff" for word in document.words)
        if (
            not disguised.readings
            and not arabic
            and self._first_words.isdisjoint(document.words)
        ):
            return []
        edges: dict[int, list[Reading]] = defaultdict(list)
        for reading in disguised.readings:
            edges[reading.first].append(reading)
        found: dict[tuple[int, int, int], Hit] = {}
        for number, at in enumerate(self._starts(document, edges, arabic=arabic)):
            if not number % 64:
                document.deadline.check()
            starts = edges.get(at, [])
            if at not in disguised.blocked:
                plainly = _stems(document.words[at])
                starts = [Reading(at, at, form, "") for form in plainly] + starts
            for start in starts:
                node = self._root.next.get(start.word)
                if node is None or not self._may_go_on(
                    document, start, node, edges, disguised.masked
                ):
                    continue
                for hit in self._follow(document, start, node, edges, disguised):
                    found.setdefault((hit.first, hit.last, id(hit.entry)), hit)
        return self._unguarded(document, list(found.values()))

    def _starts(
        self, document: Document, edges: Mapping[int, list[Reading]], *, arabic: bool
    ) -> list[int]:
        """The words at which a term may start."""
        first_words = self._first_words
        starting = {word for word in document.vocabulary if word in first_words}
        if arabic:
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

    @staticmethod
    def _may_go_on(
        document: Document,
        start: Reading,
        node: _Node,
        edges: Mapping[int, list[Reading]],
        masked: Mapping[int, Masked],
    ) -> bool:
        """Whether a term ends here or its second word follows: most « de » do neither."""
        following = start.last + 1
        return bool(node.entries) or (
            following < len(document.words)
            and (
                document.words[following] in node.next
                or following in edges
                or following in masked
            )
        )

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
                end, letters = disguised.masked[following]
                for word, step in node.next.items():
                    if len(word) == len(letters) and fits(word, letters):
                        stack.append((step, end, "masked"))

    def _unguarded(self, document: Document, found: list[Hit]) -> list[Hit]:
        found = [hit for hit in found if not self._is_excused(document, hit)]
        guards = [h for h in found if h.entry.kind == Kind.GUARD]
        if not guards:
            return found
        allowed: dict[int, str] = {}
        for guard in guards:
            outcome = self._outcome(document, guard)
            document.note(guard, outcome)
            if outcome is Outcome.GUARD_HELD:
                for at in range(guard.first, guard.last + 1):
                    allowed[at] = guard.entry.text
        kept = []
        for hit in found:
            if hit.entry.kind == Kind.GUARD:
                continue
            if hit.first in allowed and hit.last in allowed:
                document.note(hit, Outcome.GUARDED, allowed[hit.first])
            else:
                kept.append(hit)
        return kept

    def _is_excused(self, document: Document, hit: Hit) -> bool:
        """Whether the text speaks of what makes an honest word of ``hit``."""
        words = self._contexts.get(hit.entry.text)
        if not words or hit.entry.kind in {Kind.GUARD, Kind.LITERAL}:
            return False
        around = words & document.vocabulary
        around -= set(document.words[hit.first : hit.last + 1])
        for word in sorted(around):
            document.note(hit, Outcome.CONTEXT, word)
        return bool(around)

    def _outcome(self, document: Document, guard: Hit) -> Outcome:
        """Whether the guard's capitals, and alone its accents, are those of the text."""
        if guard.variant:
            return Outcome.GUARD_DISGUISE
        outcome = Outcome.GUARD_CAPITALS
        written = [document.as_written(n) for n in range(guard.first, guard.last + 1)]
        for form in (guard.entry.text, *guard.entry.forms):
            wanted = _WRITTEN_WORD.findall(form)
            if [plain(word) for word in wanted] != [plain(word) for word in written]:
                continue
            if len(wanted) == 1 and (
                _accented(wanted[0]) != _accented(written[0])
                or _is_no_honest_form(document, guard.first)
            ):
                outcome = Outcome.GUARD_ACCENTS
                continue
            if all(map(_capitals_agree, wanted, written)):
                return Outcome.GUARD_HELD
        return outcome

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

    def _add_compounds(self, heads: Iterable[Entry], tail: Entry) -> None:
        for head in heads:
            entry = Entry(
                text=f"{head.text}-{tail.text}",
                language=tail.language,
                kind=Kind.EPITHET,
                tier=tail.tier,
                severity=tail.severity,
                note=tail.note,
            )
            for form in forms_of(tail):
                for first in {head.text, *head.forms}:
                    words = [plain(first), *words_of(form)]
                    self._insert(words, entry)
                    self._insert(["".join(words)], entry)

    def _insert(self, words: list[str], entry: Entry) -> None:
        if len(words) > 1:
            self._phrases.add("".join(words))
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if entry not in node.entries:
            node.entries.append(entry)


def _accented(word: str) -> str:
    return normalize("NFC", word).casefold()


def _capitals_agree(wanted: str, written: str) -> bool:
    return not wanted[0].isupper() or (
        written[0].isupper() and (wanted.isupper() or not written.isupper())
    )


def _is_no_honest_form(document: Document, word: int) -> bool:
    """« un tare », « ce cingle », « tu es attarde »: insults that lack their accent.

    No guarded word is a masculine noun, or an adjective said of the reader.
    """
    words, at = document.words, word - 1
    if not document.joined(at):
        return False
    if words[at] in {"vraiment", "trop", "completement", "carrement", "tellement"}:
        at -= 1
    return words[at] in {"un", "ce", "quel", "es", "etes"}


def _stems(word: str) -> list[str]:
    """``word``, and for Arabic what is left without a joined article or particle."""
    if not "\u0600" <= word[0] <= "\u06ff":
        return [word]
    return [word] + [
        word.removeprefix(p)
        for p in _ARABIC_PREFIXES
        if word.startswith(p) and len(word) - len(p) >= 3
    ]
