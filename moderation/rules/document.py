"""One text under examination: folded and cut into words once, for all rules."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from moderation.rules.budget import Deadline, OutOfTime
from moderation.rules.detection import detected
from moderation.rules.folding import WORD, Folded, fold
from moderation.rules.mention import may_report, quotations
from moderation.rules.remembered import Remembered
from moderation.rules.trace import Note, Outcome, Trace
from moderation.rules.wordlists import word_set

if TYPE_CHECKING:
    from moderation.rules.index import Hit, LexiconIndex

_PLAIN_GAP = " '-_\n\r\"*#~«»“”‘’"  # what may stand between the words of one phrase
_LIGATURES = frozenset({"oe", "ae"})  # one letter before it was folded
_SENTENCE_END = re.compile(r"[.!?…\n]")
_SECOND_PERSON = word_set(
    "tu te toi ton ta tes vous votre vos t retourne va vas allez ferme fermez casse "
    "dégage degage tais taisez apprends apprenez lis lisez arrete arretez"
)


def _is_one_letter(word: str) -> bool:
    return len(word) == 1 or word in _LIGATURES or word.count(word[0]) == len(word)


_ONE_LETTER = Remembered(_is_one_letter)


class Document:
    """A text with its folded form and words. Words are numbered from 0.

    ``earlier`` are texts its author wrote before. ``words`` are folded; ``bounds`` are their places in the folded text. A word written
    with an apostrophe or a hyphen is several words here.
    """

    def __init__(
        self,
        source: str,
        lang: str,
        index: "LexiconIndex",
        *,
        earlier: Sequence[str] = (),
        trace: Trace | None = None,
    ) -> None:
        self.source = source
        self.lang = lang
        self.earlier = earlier
        self.deadline = Deadline()
        self.trace = trace
        self.unread = False  # whether the lexicon was not looked up to the end
        self.folded: Folded = fold(source)
        self.words: list[str] = WORD.findall(self.folded.text)
        self._index = index

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Places of the words, in the folded text."""
        text, places, end = self.folded.text, [], 0
        for word in self.words:  # nothing that is a word stands between two of them
            start = text.index(word, end)
            end = start + len(word)
            places.append((start, end))
        return places

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Each word of the text once."""
        return frozenset(self.words)

    @cached_property
    def spells_out(self) -> bool:
        """Whether three words in a row are one letter each, repeated or not: « c o nn »."""
        return b"\1\1\1" in bytes(map(_ONE_LETTER.__getitem__, self.words))

    @cached_property
    def hits(self) -> list["Hit"]:
        """Every lexicon term in the text, guarded phrases already left out."""
        self.deadline.whole_text()  # looked up once for all rules
        try:
            return self._index.hits(self)
        except OutOfTime:
            self.unread = True
            return []
        finally:
            self.deadline.next_rule()

    @cached_property
    def hits_at(self) -> dict[int, list["Hit"]]:
        """The terms by the word they start at."""
        starting: dict[int, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            starting[hit.first].append(hit)
        return starting

    @cached_property
    def may_report(self) -> bool:
        """Whether the text could report what somebody else said."""
        return may_report(self.folded.text)

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Places of the quotations in the folded text."""
        return quotations(self.folded.text)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages the text seems written in, the likeliest first."""
        return detected(self.words, self.source)

    @cached_property
    def addresses_someone(self) -> bool:
        """Whether the text speaks to somebody: tu, vous, an imperative, « @nom »."""
        return self.source.startswith("@") or not _SECOND_PERSON.isdisjoint(self.words)

    def speaks_at(self, word: int) -> bool:
        """Whether the sentence of ``word`` speaks to somebody."""
        if not self.addresses_someone:
            return False
        here = self.sentences[word]
        low, high = (
            bisect_left(self.sentences, here),
            bisect_right(self.sentences, here),
        )
        return not _SECOND_PERSON.isdisjoint(self.words[low:high])

    def gap(self, word: int) -> str:
        """What stands between ``word`` and the next one, or the end."""
        text = self.folded.text
        if word < 0:
            return text[: self.bounds[0][0]] if self.words else text
        after = self.bounds[word + 1][0] if word + 1 < len(self.words) else len(text)
        return text[self.bounds[word][1] : after]

    def joined(self, word: int) -> bool:
        """Whether ``word`` and the next one stand side by side, in one phrase."""
        bounds = self.bounds
        if not 0 <= word < len(bounds) - 1:
            return False
        end, start = bounds[word][1], bounds[word + 1][0]
        if start == end + 1:
            return self.folded.text[end] in _PLAIN_GAP
        return not self.folded.text[end:start].strip(_PLAIN_GAP)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The span as written of words ``first`` to ``last``, both included."""
        return self.folded.original_span(self.bounds[first][0], self.bounds[last][1])

    def as_written(self, word: int) -> str:
        """One word as written."""
        start, end = self.span(word, word)
        return self.source[start:end]

    def note(self, hit: "Hit", outcome: Outcome, by: str = "") -> None:
        """Tell whoever asked for a trace what became of ``hit``."""
        if self.trace is None:
            return
        start, end = self.span(hit.first, hit.last)
        self.trace.notes.append(
            Note(
                term=hit.entry.text,
                kind=str(hit.entry.kind),
                start=start,
                end=end,
                text=self.source[start:end],
                outcome=outcome,
                by=by,
            )
        )

    @cached_property
    def sentences(self) -> list[int]:
        """The number of the sentence each word is in."""
        ends = [m.start() for m in _SENTENCE_END.finditer(self.folded.text)]
        return [bisect_left(ends, start) for start, _ in self.bounds]
