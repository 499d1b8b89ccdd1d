"""Abusive epithets: an attribute that belittles, joined to a person or a power."""

from collections import defaultdict
from collections.abc import Iterator

from moderation.rules.aim import aimed_from, is_denied
from moderation.rules.comparisons import (
    BEFORE_NAMES,
    compared_to,
    fanatic_of,
    is_title,
    surnamed,
)
from moderation.rules.document import Document
from moderation.rules.index import Hit
from moderation.rules.insults import lexicon_match, reported
from moderation.rules.lexicon import Kind, Tier
from moderation.rules.match import Category, Match
from moderation.rules.targets import target_of
from moderation.rules.trace import Outcome
from moderation.rules.wordlists import word_set

_THESE = word_set("ce cet cette ces notre nos votre vos")
_OF = word_set("de d du des")
_OF_OR_TO = _OF | word_set("a au aux")
_FALSE = word_set("sale sales pseudo pseudos")
_ARTICLES = word_set("la le les l l'")
_AT_THE_SERVICE = (
    ("a", "la", "solde"),
    ("a", "la", "botte"),
    ("aux", "ordres"),
    ("au", "service"),
    ("a", "la", "remorque"),
)
_PATTERNS = {
    "name": (
        "nom de tyran ou de criminel accolé à un mot qui rabaisse",
        "the name of a tyrant or criminal joined to a belittling word",
    ),
    "type": (
        "nom célèbre ou nom de fanatique dont on fait un reproche",
        "a famous or fanatical name made into a reproach",
    ),
    "role": (
        "un rôle rabaissé par ce qui le suit",
        "a role belittled by what follows it",
    ),
    "stranger": (
        "un nom propre rabaissé par ce qui le suit",
        "a proper name belittled by what follows it",
    ),
    "noun": (
        "nom d’animal ou défaut du corps accolé à un adjectif tiré d’un nom",
        "an animal or bodily noun joined to an adjective made from a name",
    ),
    "puppet": (
        "quelqu’un y est dit au service d’une puissance ou d’un intérêt",
        "it calls someone the servant of a power or interest",
    ),
    "epithet": ("épithète injurieuse", "abusive epithet"),
}


_KINDS = frozenset(
    {
        Kind.NAME, Kind.TYPE, Kind.ROLE, Kind.BELITTLER_AFTER, Kind.NOUN, Kind.PUPPET,
        Kind.EPITHET,
    }
)  # fmt: skip


class EpithetRule:
    """Finds abusive epithets by how they are built; names and nouns are lexicon data."""

    name = "epithet"
    version = 2

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each epithet, whole: « petit Hitler », « nain poutinien »."""
        if not any(hit.entry.kind in _KINDS for hit in document.hits):
            return
        grammar = _Grammar(document)
        for hit in document.hits:
            match hit.entry.kind:
                case Kind.NAME:
                    span, pattern = grammar.belittled_name(hit), "name"
                case Kind.TYPE:
                    span, pattern = grammar.typed(hit), "type"
                case Kind.ROLE:
                    span, pattern = grammar.belittled_role(hit), "role"
                case Kind.BELITTLER_AFTER:
                    span, pattern = grammar.belittled_stranger(hit), "stranger"
                    if span is None:
                        continue
                case Kind.NOUN:
                    span, pattern = grammar.noun_of_a_name(hit), "noun"
                case Kind.PUPPET:
                    span, pattern = grammar.puppet(hit), "puppet"
                case Kind.EPITHET:
                    span, pattern = grammar.ready_made(hit), "epithet"
                case _:
                    continue
            if span is None:
                document.note(hit, grammar.why_not(hit))
                continue
            document.deadline.check()
            if reported(document, hit, span[0]):
                continue
            french, english = _PATTERNS[pattern]
            if pattern == "epithet" and hit.entry.note:
                french = hit.entry.note
            yield lexicon_match(
                document,
                hit,
                rule=(self.name, self.version),
                category=Category.EPITHET,
                first=span[0],
                last=span[1],
                target=target_of(document, hit, span[0]),
                reasons=([french], [english]),
            )


class _Grammar:
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
        first, last = self._belittler_before(hit.first), self._belittler_after(hit.last)
        if self._continues_name(last):
            return None
        if first < hit.first or last > hit.last:
            return first, last
        if self._pointed_at(first) and self._of_something(hit.last):
            return first, min(hit.last + 2, len(document.words) - 1)
        if hit.entry.text[0].isupper() and hit.entry.tier == Tier.ALWAYS:
            return compared_to(document, hit) or surnamed(document, hit)
        return None

    def belittled_role(self, hit: Hit) -> tuple[int, int] | None:
        """« stratège de salon », « ministre de pacotille », « sale journaliste »."""
        at, words = hit.first - 1, self._document.words
        if self._document.joined(at) and words[at] in _FALSE:
            return at, hit.last
        if self._document.joined(at - 1) and words[at - 1 : at + 1] == [
            "soi",
            "disant",
        ]:
            return at - 1, hit.last
        last = self._next_of(hit.last, {Kind.BELITTLER_AFTER}, Tier.ALWAYS)
        return None if last is None else (hit.first, last)

    def belittled_stranger(self, hit: Hit) -> tuple[int, int] | None:
        """« une Thatcher du pauvre »: any proper name, the lexicon's own set aside."""
        document, at = self._document, hit.first - 1
        if hit.entry.tier != Tier.ALWAYS or not document.joined(at):
            return None
        if any(h.entry.kind in {Kind.NAME, Kind.ROLE} for h in self._ending[at]):
            return None
        name = document.as_written(at)
        if len(name) < 3 or not name.istitle() or not document.joined(at - 1):
            return None
        return (at, hit.last) if document.words[at - 1] in BEFORE_NAMES else None

    def typed(self, hit: Hit) -> tuple[int, int] | None:
        """« Tartuffe de Zgharta », « Madoff du Levant », « les talibans du bio »."""
        if is_title(self._document, hit):
            return None
        last = self._belittler_after(hit.last)
        if last > hit.last:
            return hit.first, last
        if hit.entry.text[0].isupper():
            return compared_to(self._document, hit)
        return fanatic_of(self._document, hit)

    def noun_of_a_name(self, hit: Hit) -> tuple[int, int] | None:
        """« nain poutinien »; « gnome moscovite » for nouns that abuse anyone."""
        if self._is_literal(hit):
            return None
        kinds = {Kind.ADJECTIVE}
        if hit.entry.tier == Tier.ALWAYS:
            kinds.add(Kind.DEMONYM)
        last = self._next_of(hit.last, kinds)
        if last is None:
            last = self._next_of(hit.last, {Kind.BELITTLER_AFTER}, Tier.ALWAYS)
        if last is None and self._of(hit.last):
            at = hit.last + 1
            if self._document.joined(at) and self._document.words[at + 1] in _ARTICLES:
                at += 1
            last = self._next_of(at, {Kind.POWER}, Tier.ALWAYS)
        if last is None and self._pointed_at(hit.first) and self._of(hit.last):
            last = self._next_of(hit.last + 1, {Kind.ADJECTIVE})
        return None if last is None else (hit.first, last)

    def puppet(self, hit: Hit) -> tuple[int, int] | None:
        """« larbin de Washington », « laquais des lobbies », « caniche poutinien »."""
        if self._is_literal(hit):
            return None
        document, words = self._document, self._document.words
        last = self._next_of(hit.last, {Kind.ADJECTIVE})
        if last is not None:
            return hit.first, last
        at = hit.last
        if not document.joined(at):
            return None
        for phrase in _AT_THE_SERVICE:
            if tuple(words[at + 1 : at + 1 + len(phrase)]) == phrase:
                at += len(phrase)
                break
        if not document.joined(at) or words[at + 1] not in _OF_OR_TO:
            return None
        at += 1
        whom = {Kind.POWER, Kind.NAME} if words[at] in _OF else {Kind.NAME}
        if document.joined(at) and words[at + 1] in _ARTICLES:
            at += 1
        last = self._next_of(at, whom)
        return None if last is None else (hit.first, last)

    def ready_made(self, hit: Hit) -> tuple[int, int] | None:
        """« nazillon », « tyranneau de village »; « cette mégère » if it is aimed."""
        start: int | None = hit.first
        if hit.entry.tier == Tier.HINT and is_denied(self._document, hit.first - 2):
            return None
        if hit.entry.tier == Tier.AIMED:
            if self._is_literal(hit):
                return None
            start = aimed_from(self._document, hit)
        return None if start is None else (start, self._belittler_after(hit.last))

    def _is_literal(self, hit: Hit) -> bool:
        """Whether the sentence speaks of animals, theatre or things."""
        return bool(self._literal) and (
            self._document.sentences[hit.first] in self._literal
        )

    def _belittler_before(self, first: int) -> int:
        while self._document.joined(first - 1):
            for hit in self._ending[first - 1]:
                if hit.entry.kind == Kind.BELITTLER:
                    first = hit.first
                    break
            else:
                return first
        return first

    def _belittler_after(self, last: int) -> int:
        found = self._next_of(last, {Kind.BELITTLER_AFTER})
        return last if found is None else found

    def _next_of(
        self, last: int, kinds: set[Kind], tier: Tier | None = None
    ) -> int | None:
        """The end of the longest term of ``kinds`` that follows word ``last``."""
        if not self._document.joined(last):
            return None
        ends = [
            h.last
            for h in self._starting.get(last + 1, ())
            if h.entry.kind in kinds and tier in {None, h.entry.tier}
        ]
        return max(ends, default=None)

    def _pointed_at(self, first: int) -> bool:
        """Whether « ce », « ces » or « notre » stands before."""
        document = self._document
        return document.joined(first - 1) and document.words[first - 1] in _THESE

    def _of(self, last: int) -> bool:
        """Whether « de » and another word follow."""
        document = self._document
        return (
            document.joined(last)
            and document.words[last + 1] in _OF
            and document.joined(last + 1)
        )

    def _of_something(self, last: int) -> bool:
        """Whether « de » and a common noun follow."""
        document = self._document
        return self._of(last) and document.as_written(last + 2)[0].islower()

    def _continues_name(self, last: int) -> bool:
        """Whether a hyphen makes the name part of a longer word."""
        return self._document.gap(last).startswith("-")
