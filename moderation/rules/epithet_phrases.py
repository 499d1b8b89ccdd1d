"""The words around a term: what the grammar of epithets asks of them."""

from collections import defaultdict

from moderation.rules import epithet_words as said
from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind, Tier


class Phrases:
    """The lexicon's terms in one document, by kind and by the word they touch."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.starting = document.hits_at
        self.ending: dict[int, list[Hit]] = defaultdict(list)
        self.literal: set[int] = set()  # numbers of sentences
        for hit in document.hits:
            self.ending[hit.last].append(hit)
            if hit.entry.kind == Kind.LITERAL:
                self.literal.add(document.sentences[hit.first])

    def is_literal(self, hit: Hit) -> bool:
        """Whether the sentence speaks of animals, theatre or things."""
        return bool(self.literal) and (
            self.document.sentences[hit.first] in self.literal
        )

    def belittler_before(self, first: int) -> int:
        """Where the belittlers that stand before word ``first`` begin."""
        while self.document.joined(first - 1):
            for hit in self.ending[first - 1]:
                if hit.entry.kind == Kind.BELITTLER and not self._is_beneath(hit):
                    first = hit.first
                    break
            else:
                return first
        return first

    def _is_beneath(self, hit: Hit) -> bool:
        """« Sous Mobutu, le pays … »: in his time."""
        document = self.document
        return document.words[hit.last] == "sous" and document.gap(hit.last) != "-"

    def belittler_after(self, last: int, *, dressed: bool) -> int:
        """The end of what belittles word ``last``; ``dressed`` counts clothes too."""
        tiers = said.ANY if dressed else said.SERVED
        found = self.next_of(last, {Kind.BELITTLER_AFTER}, *tiers)
        return last if found is None else found

    def next_of(self, last: int, kinds: set[Kind], *tiers: Tier) -> int | None:
        """The end of the longest term of ``kinds`` that follows word ``last``.

        Of ``tiers`` alone if any is named.
        """
        if not self.document.joined(last):
            return None
        ends = [
            h.last
            for h in self.starting.get(last + 1, ())
            if h.entry.kind in kinds and (not tiers or h.entry.tier in tiers)
        ]
        return max(ends, default=None)

    def pointed_at(self, first: int) -> bool:
        """Whether « ce », « ces » or « notre » stands before."""
        document = self.document
        return document.joined(first - 1) and document.words[first - 1] in said.THESE

    def is_of(self, last: int) -> bool:
        """Whether « de » and another word follow."""
        document = self.document
        return (
            document.joined(last)
            and document.words[last + 1] in said.OF
            and document.joined(last + 1)
        )

    def is_of_something(self, last: int) -> bool:
        """Whether « de » and a common noun follow."""
        document = self.document
        return self.is_of(last) and document.as_written(last + 2)[0].islower()

    def continues_name(self, last: int) -> bool:
        """Whether a hyphen makes the name part of a longer word."""
        return self.document.gap(last).startswith("-")
