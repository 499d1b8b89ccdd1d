"""Nouns that abuse beside an adjective or a power: animals, plagues, servants."""

from moderation.rules import epithet_words as said
from moderation.rules.epithet_phrases import Phrases
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind, Tier


class Nouns(Phrases):
    """« nain poutinien », « la peste péquiste », « larbin de Washington »."""

    def noun_of_a_name(self, hit: Hit) -> tuple[int, int] | None:
        """« nain poutinien », « gnome moscovite », « ce vautour suisse », « les hyènes
        de Bruxelles »: beside an adjective or a power that no animal goes with.
        """
        if self.is_literal(hit):
            return None
        last = self._adjective_after(hit)
        if last is None and self.document.words[hit.last] in said.DISEASES:
            return None  # « la peste de Londres », « le virus du pouvoir »
        if last is None:
            tiers = self._demonyms_of(hit)
            last = self.next_of(hit.last, {Kind.DEMONYM}, *tiers) if tiers else None
        if last is None:
            last = self.next_of(hit.last, {Kind.BELITTLER_AFTER}, Tier.ALWAYS)
        if last is None and self.is_of(hit.last):
            at = hit.last + 1
            if (
                self.document.joined(at)
                and self.document.words[at + 1] in said.ARTICLES
            ):
                at += 1
            served = self._powers_of(hit)
            last = self.next_of(at, {Kind.POWER}, *served)
            if last is not None and self._is_home(hit, last):
                return None
        if last is None and self.pointed_at(hit.first) and self.is_of(hit.last):
            last = self.next_of(hit.last + 1, {Kind.ADJECTIVE})
        return None if last is None else (hit.first, last)

    def _adjective_after(self, hit: Hit) -> int | None:
        """The end of « poutinien », « gouvernemental » or « péquiste » after ``hit``.

        Gangsters and hangmen may well be extremists: of them, listed adjectives alone.
        """
        words, last = self.document.words, hit.last
        found = self.next_of(last, {Kind.ADJECTIVE})
        if found is not None or not self.document.joined(last):
            return found
        if hit.entry.tier == Tier.HINT and words[last] not in said.DISEASES:
            return None
        word = words[last + 1]
        partisan = said.PARTISAN.fullmatch(word) and word not in said.NO_PARTISANS
        return last + 1 if partisan else None

    def _demonyms_of(self, hit: Hit) -> tuple[Tier, ...]:
        """Which adjectives made from places turn the noun ``hit`` into abuse."""
        if hit.entry.tier == Tier.HINT or self.document.words[hit.last] in said.BREEDS:
            return (Tier.ALWAYS,) if self.pointed_at(hit.first) else ()
        if self.pointed_at(hit.first):
            return said.ANY
        if hit.entry.tier == Tier.ALWAYS:
            return said.SERVED
        return () if self._is_domestic(hit) else (Tier.ALWAYS,)

    def _powers_of(self, hit: Hit) -> tuple[Tier, ...]:
        """Which powers turn the noun ``hit`` into abuse: « le rat de la mairie » is a
        rat, « un gangster de New York » a gangster.
        """
        told = hit.entry.tier == Tier.HINT or self._is_domestic(hit)
        return (Tier.ALWAYS,) if told else said.SERVED

    def _is_home(self, hit: Hit, last: int) -> bool:
        """Whether the power is but the country where such animals live."""
        return self.document.words[last] in said.COUNTRIES and not self.pointed_at(
            hit.first
        )

    def _is_domestic(self, hit: Hit) -> bool:
        return self.document.words[hit.last] in said.DOMESTIC

    def puppet(self, hit: Hit) -> tuple[int, int] | None:
        """« larbin de Washington », « laquais des lobbies », « caniche poutinien »."""
        if self.is_literal(hit):
            return None
        document, words = self.document, self.document.words
        last = self._adjective_after(hit)
        if last is not None:
            return hit.first, last
        at = hit.last
        if not document.joined(at):
            return None
        for phrase in said.AT_THE_SERVICE:
            if tuple(words[at + 1 : at + 1 + len(phrase)]) == phrase:
                at += len(phrase)
                break
        if not document.joined(at) or words[at + 1] not in said.OF_OR_TO:
            return None
        at += 1
        of = words[at] in said.OF
        if document.joined(at) and words[at + 1] in said.ARTICLES:
            at += 1
        last = self.next_of(at, {Kind.NAME})
        if last is None and of and self._serves_a_name(hit, at):
            last = at + 1
        if last is None and of:
            tiers = self._masters_of(hit)
            last = self.next_of(at, {Kind.POWER}, *tiers)
        if last is None:
            last = self._owner(at)
        return None if last is None else (hit.first, last)

    def _owner(self, at: int) -> int | None:
        """« la clique à Bolloré », « la canaille à Macron »: after « à », by a name."""
        document = self.document
        if document.words[at] != "a" or not document.joined(at):
            return None
        named = document.as_written(at + 1)[0].isupper()
        return self.next_of(at, {Kind.POWER}, Tier.ALWAYS) if named else None

    def _masters_of(self, hit: Hit) -> tuple[Tier, ...]:
        """Which powers the servant's noun ``hit`` may serve: « le chien de la mairie »
        is a dog, « le caniche de Berlin » is not.
        """
        if hit.entry.text in said.SERVILE:
            return said.ANY
        dog = self._is_domestic(hit) and hit.entry.text not in {"caniche", "toutou"}
        honest = dog or hit.entry.text in said.HONEST
        return (Tier.ALWAYS,) if honest else said.SERVED

    def _serves_a_name(self, hit: Hit, at: int) -> bool:
        """« les sbires du Guide »: whoever it is, a servile noun makes him a master."""
        words = self.document.words
        return (
            hit.entry.text in said.SERVILE
            and hit.entry.text != "potiche"  # « la potiche de Sèvres »
            and self.document.joined(at)
            and words[at + 1] != "satan"
            and self.document.as_written(at + 1)[0].isupper()
        )
