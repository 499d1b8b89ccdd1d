"""Abusive epithets: an attribute that belittles, joined to a person or a power."""

from collections.abc import Iterator

from moderation.rules.document import Document
from moderation.rules.epithet_grammar import Grammar
from moderation.rules.index import Hit
from moderation.rules.insults import lexicon_match, reported
from moderation.rules.lexicon import Kind
from moderation.rules.match import Category, Match, Severity
from moderation.rules.targets import target_of

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
        "nom d’animal, de maladie ou de défaut accolé à une personne, un camp ou un pouvoir",
        "an animal, a disease or a defect joined to a person, a camp or a power",
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
        grammar = Grammar(document)
        # Of a servant who is an animal too, the master says more
        for hit in sorted(document.hits, key=lambda hit: hit.entry.kind != Kind.PUPPET):
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
                severity=_severity(hit),
                reasons=([french], [english]),
            )


def _severity(hit: Hit) -> Severity | None:
    """A noun's tier says what it goes with, not how grave it is."""
    return Severity(hit.entry.severity) if hit.entry.kind == Kind.NOUN else None
