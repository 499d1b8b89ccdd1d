"""The grammar of abusive epithets: which terms of the lexicon make one together."""

from collections import defaultdict

from moderation.rules import epithet_words as said
from moderation.rules.aim import aimed_from, in_pointed_apposition, is_denied
from moderation.rules.comparisons import (
    BEFORE_NAMES,
    compared_to,
    fanatic_of,
    is_title,
    surnamed,
)
from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind, Tier
from moderation.rules.trace import Outcome


class Grammar:
    """The lexicon's terms in one document, by kind and by the word they touch."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starting = document.hits_at
        self._ending: dict[int, list[Hit]] = defaultdict(list)
        self._literal: set[int] = set()  # numbers of sentences
        for hit in document.hits:
            self._ending[hit.last].append(hit)
            if hit.entry.kind == Kind.LITERAL:
                self._literal.add(document.sentences[hit.first])

    def why_not(self, hit: Hit) -> Outcome:
        """Why a term of the grammar made no epithet here."""
        if self._is_literal(hit):
            return Outcome.LITERAL
        return Outcome.NOT_AIMED if hit.entry.kind == Kind.EPITHET else Outcome.ALONE

    def belittled_name(self, hit: Hit) -> tuple[int, int] | None:
        """« petit Hitler », « Staline de pacotille », « ce Néron de canton »."""
        document = self._document
        first = self._belittler_before(hit.first)
        dressed = hit.entry.text[0].islower()  # « Trump en casquette » is what one saw
        last = self._belittler_after(hit.last, dressed=dressed)
        if self._continues_name(last):
            return None
        if first < hit.first or last > hit.last:
            return None if self._may_be_a_child(hit, first, last) else (first, last)
        if self._counted_or_pointed_at(hit, first) and self._of_something(hit.last):
            return first, min(hit.last + 2, len(document.words) - 1)
        if in_pointed_apposition(document, hit):
            return hit.first, hit.last
        if hit.entry.text[0].isupper() and hit.entry.tier == Tier.ALWAYS:
            return compared_to(document, hit) or surnamed(document, hit)
        return None

    def _may_be_a_child(self, hit: Hit, first: int, last: int) -> bool:
        """« Le petit Napoléon entra à l'école »: of sovereigns, childhoods are told."""
        words = self._document.words
        if hit.entry.tier == Tier.HINT and self._is_literal(hit):
            return True  # « Notre petit Dracula, un chaton noir »
        return (
            hit.entry.tier == Tier.HINT
            and (first, last) == (hit.first - 1, hit.last)
            and words[first] == "petit"
            and words[max(0, first - 1) : first] in (["le"], ["du"], ["au"])
        )

    def belittled_role(self, hit: Hit) -> tuple[int, int] | None:
        """« stratège de salon », « ministre de pacotille », « sale journaliste »."""
        at, words = hit.first - 1, self._document.words
        if self._document.joined(at) and words[at] in said.FALSE:
            return at, hit.last
        if self._document.joined(at - 1) and words[at - 1 : at + 1] == [
            "soi",
            "disant",
        ]:
            return at - 1, hit.last
        last = self._next_of(hit.last, {Kind.BELITTLER_AFTER}, Tier.ALWAYS)
        if last is None or self._is_costume(hit, last):
            return None
        return hit.first, last

    def _is_costume(self, hit: Hit, last: int) -> bool:
        """« une reine en chocolat », « les chevaliers de carnaval »: not pointed at."""
        words = self._document.words
        if words[hit.last] not in said.COSTUMES or self._pointed_at(hit.first):
            return False
        return words[hit.last + 1] == "en" or words[last] in {"carnaval", "operette"}

    def belittled_stranger(self, hit: Hit) -> tuple[int, int] | None:
        """« une Thatcher du pauvre »: any proper name, the lexicon's own set aside."""
        document, at = self._document, hit.first - 1
        if hit.entry.tier != Tier.ALWAYS or not document.joined(at):
            return None
        if any(h.entry.kind in {Kind.NAME, Kind.ROLE} for h in self._ending[at]):
            return None
        name = document.as_written(at)
        first = self._belittler_before(at)
        if len(name) < 3 or not name.istitle() or not document.joined(first - 1):
            return None
        return (first, hit.last) if document.words[first - 1] in BEFORE_NAMES else None

    def typed(self, hit: Hit) -> tuple[int, int] | None:
        """« Tartuffe de Zgharta », « Madoff du Levant », « les talibans du bio »."""
        if is_title(self._document, hit):
            return None
        first = self._belittler_before(hit.first)
        last = self._belittler_after(hit.last, dressed=True)
        if first < hit.first or last > hit.last:
            return first, last
        if hit.entry.text in said.INQUISITIONS and (cause := self._cause_of(hit)):
            return hit.first, cause
        if in_pointed_apposition(self._document, hit):
            return hit.first, hit.last
        if hit.entry.text[0].isupper():
            return compared_to(self._document, hit)
        return fanatic_of(self._document, hit)

    def _cause_of(self, hit: Hit) -> int | None:
        """« la Gestapo verte », « les kapos de la RATP »: what lends a persecutor a
        harmless cause, or a body that persecutes nobody.
        """
        document = self._document
        found = self._next_of(hit.last, {Kind.ADJECTIVE})
        if found is not None or not document.joined(hit.last):
            return found
        if document.words[hit.last + 1] in said.CAUSES:
            return hit.last + 1
        at = hit.last + 1  # « les kapos de la SNCF »
        if document.words[at] not in said.OF or not document.joined(at):
            return None
        if document.words[at + 1] in said.ARTICLES and document.joined(at + 1):
            at += 1
        served = document.as_written(at + 1)
        is_body = served.isupper() and len(served) > 2
        return at + 1 if is_body and served not in said.PERSECUTORS else None

    def noun_of_a_name(self, hit: Hit) -> tuple[int, int] | None:
        """« nain poutinien », « gnome moscovite », « ce vautour suisse », « les hyènes
        de Bruxelles »: beside an adjective or a power that no animal goes with.
        """
        if self._is_literal(hit):
            return None
        last = self._adjective_after(hit)
        if last is None and self._document.words[hit.last] in said.DISEASES:
            return None  # « la peste de Londres », « le virus du pouvoir »
        if last is None:
            tiers = self._demonyms_of(hit)
            last = self._next_of(hit.last, {Kind.DEMONYM}, *tiers) if tiers else None
        if last is None:
            last = self._next_of(hit.last, {Kind.BELITTLER_AFTER}, Tier.ALWAYS)
        if last is None and self._of(hit.last):
            at = hit.last + 1
            if (
                self._document.joined(at)
                and self._document.words[at + 1] in said.ARTICLES
            ):
                at += 1
            served = self._powers_of(hit)
            last = self._next_of(at, {Kind.POWER}, *served)
            if last is not None and self._is_home(hit, last):
                return None
        if last is None and self._pointed_at(hit.first) and self._of(hit.last):
            last = self._next_of(hit.last + 1, {Kind.ADJECTIVE})
        return None if last is None else (hit.first, last)

    def _adjective_after(self, hit: Hit) -> int | None:
        """The end of « poutinien », « gouvernemental » or « péquiste » after ``hit``.

        Gangsters and hangmen may well be extremists: of them, listed adjectives alone.
        """
        words, last = self._document.words, hit.last
        found = self._next_of(last, {Kind.ADJECTIVE})
        if found is not None or not self._document.joined(last):
            return found
        if hit.entry.tier == Tier.HINT and words[last] not in said.DISEASES:
            return None
        word = words[last + 1]
        partisan = said.PARTISAN.fullmatch(word) and word not in said.NO_PARTISANS
        return last + 1 if partisan else None

    def _demonyms_of(self, hit: Hit) -> tuple[Tier, ...]:
        """Which adjectives made from places turn the noun ``hit`` into abuse."""
        if hit.entry.tier == Tier.HINT or self._document.words[hit.last] in said.BREEDS:
            return (Tier.ALWAYS,) if self._pointed_at(hit.first) else ()
        if self._pointed_at(hit.first):
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
        return self._document.words[last] in said.COUNTRIES and not self._pointed_at(
            hit.first
        )

    def _is_domestic(self, hit: Hit) -> bool:
        return self._document.words[hit.last] in said.DOMESTIC

    def puppet(self, hit: Hit) -> tuple[int, int] | None:
        """« larbin de Washington », « laquais des lobbies », « caniche poutinien »."""
        if self._is_literal(hit):
            return None
        document, words = self._document, self._document.words
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
        last = self._next_of(at, {Kind.NAME})
        if last is None and of and self._serves_a_name(hit, at):
            last = at + 1
        if last is None and of:
            tiers = self._masters_of(hit)
            last = self._next_of(at, {Kind.POWER}, *tiers)
        if last is None:
            last = self._owner(at)
        return None if last is None else (hit.first, last)

    def _owner(self, at: int) -> int | None:
        """« la clique à Bolloré », « la canaille à Macron »: after « à », by a name."""
        document = self._document
        if document.words[at] != "a" or not document.joined(at):
            return None
        named = document.as_written(at + 1)[0].isupper()
        return self._next_of(at, {Kind.POWER}, Tier.ALWAYS) if named else None

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
        words = self._document.words
        return (
            hit.entry.text in said.SERVILE
            and hit.entry.text != "potiche"  # « la potiche de Sèvres »
            and self._document.joined(at)
            and words[at + 1] != "satan"
            and self._document.as_written(at + 1)[0].isupper()
        )

    def ready_made(self, hit: Hit) -> tuple[int, int] | None:
        """« nazillon », « tyranneau de village »; « cette mégère » if it is aimed."""
        start: int | None = hit.first
        if hit.entry.tier == Tier.HINT and is_denied(self._document, hit.first - 2):
            return None
        if hit.entry.tier == Tier.AIMED:
            if self._is_literal(hit):
                return None
            start = aimed_from(self._document, hit)
        word = self._document.words[hit.last]
        if word in said.RULERS and self._ruled_of_old(hit.last):
            return None
        last = self._belittler_after(hit.last, dressed=word not in said.TOYS)
        if last == hit.last and word in said.RULERS and self._rules_a_place(hit.last):
            last = min(hit.last + 2, len(self._document.words) - 1)
        if start is None and last > hit.last and word not in said.TOYS:
            start = hit.first  # « satrape de province »
        return None if start is None else (start, last)

    def _is_literal(self, hit: Hit) -> bool:
        """Whether the sentence speaks of animals, theatre or things."""
        return bool(self._literal) and (
            self._document.sentences[hit.first] in self._literal
        )

    def _belittler_before(self, first: int) -> int:
        while self._document.joined(first - 1):
            for hit in self._ending[first - 1]:
                if hit.entry.kind == Kind.BELITTLER and not self._is_beneath(hit):
                    first = hit.first
                    break
            else:
                return first
        return first

    def _is_beneath(self, hit: Hit) -> bool:
        """« Sous Mobutu, le pays … »: in his time."""
        document = self._document
        return document.words[hit.last] == "sous" and document.gap(hit.last) != "-"

    def _belittler_after(self, last: int, *, dressed: bool) -> int:
        """The end of what belittles word ``last``; ``dressed`` counts clothes too."""
        tiers = said.ANY if dressed else said.SERVED
        found = self._next_of(last, {Kind.BELITTLER_AFTER}, *tiers)
        return last if found is None else found

    def _next_of(self, last: int, kinds: set[Kind], *tiers: Tier) -> int | None:
        """The end of the longest term of ``kinds`` that follows word ``last``.

        Of ``tiers`` alone if any is named.
        """
        if not self._document.joined(last):
            return None
        ends = [
            h.last
            for h in self._starting.get(last + 1, ())
            if h.entry.kind in kinds and (not tiers or h.entry.tier in tiers)
        ]
        return max(ends, default=None)

    def _pointed_at(self, first: int) -> bool:
        """Whether « ce », « ces » or « notre » stands before."""
        document = self._document
        return document.joined(first - 1) and document.words[first - 1] in said.THESE

    def _counted_or_pointed_at(self, hit: Hit, first: int) -> bool:
        """« ce Néron de », « les Mao de »: there was but one."""
        if self._pointed_at(first):
            return True
        words = self._document.words
        return (
            self._document.joined(first - 1)
            and words[first - 1] in {"les", "des"}
            and hit.entry.text[0].isupper()
            and not words[hit.last].endswith(("s", "x"))
        )

    def _of(self, last: int) -> bool:
        """Whether « de » and another word follow."""
        document = self._document
        return (
            document.joined(last)
            and document.words[last + 1] in said.OF
            and document.joined(last + 1)
        )

    def _of_something(self, last: int) -> bool:
        """Whether « de » and a common noun follow."""
        document = self._document
        return self._of(last) and document.as_written(last + 2)[0].islower()

    def _ruled_of_old(self, last: int) -> bool:
        """« satrape de Carie »: a place that is no power of today."""
        return (
            self._of(last)
            and self._document.as_written(last + 2)[0].isupper()
            and not self._rules_a_place(last)
        )

    def _rules_a_place(self, last: int) -> bool:
        """« potentat de bananeraie », « roitelet des Hauts-de-Seine »."""
        if self._of(last) and self._document.words[last + 2] in said.ARTICLES:
            return False
        if self._of(last) and self._next_of(last + 1, {Kind.POWER}) is not None:
            return True  # « le satrape d'Ankara », not of Lydia
        if self._of_something(last):
            return True
        return self._of(last) and self._document.words[last + 1] in {"du", "des"}

    def _continues_name(self, last: int) -> bool:
        """Whether a hyphen makes the name part of a longer word."""
        return self._document.gap(last).startswith("-")
