"""The grammar of abusive epithets: which terms of the lexicon make one together."""

from moderation.rules import epithet_words as said
from moderation.rules.aim import aimed_from, in_pointed_apposition, is_denied
from moderation.rules.comparisons import (
    BEFORE_NAMES,
    compared_to,
    fanatic_of,
    is_title,
    surnamed,
)
from moderation.rules.epithet_nouns import Nouns
from moderation.rules.index import Hit
from moderation.rules.lexicon import Kind, Tier
from moderation.rules.trace import Outcome


class Grammar(Nouns):
    """All that makes an epithet of one document's terms."""

    def why_not(self, hit: Hit) -> Outcome:
        """Why a term of the grammar made no epithet here."""
        if self.is_literal(hit):
            return Outcome.LITERAL
        return Outcome.NOT_AIMED if hit.entry.kind == Kind.EPITHET else Outcome.ALONE

    def belittled_name(self, hit: Hit) -> tuple[int, int] | None:
        """« petit Hitler », « Staline de pacotille », « ce Néron de canton »."""
        document = self.document
        first = self.belittler_before(hit.first)
        dressed = hit.entry.text[0].islower()  # « Trump en casquette » is what one saw
        last = self.belittler_after(hit.last, dressed=dressed)
        if self.continues_name(last):
            return None
        if first < hit.first or last > hit.last:
            return None if self._may_be_a_child(hit, first, last) else (first, last)
        if self._counted_or_pointed_at(hit, first) and self.is_of_something(hit.last):
            return first, min(hit.last + 2, len(document.words) - 1)
        if in_pointed_apposition(document, hit):
            return hit.first, hit.last
        if hit.entry.text[0].isupper() and hit.entry.tier == Tier.ALWAYS:
            return compared_to(document, hit) or surnamed(document, hit)
        return None

    def _may_be_a_child(self, hit: Hit, first: int, last: int) -> bool:
        """« Le petit Napoléon entra à l'école »: of sovereigns, childhoods are told."""
        words = self.document.words
        if hit.entry.tier == Tier.HINT and self.is_literal(hit):
            return True  # « Notre petit Dracula, un chaton noir »
        return (
            hit.entry.tier == Tier.HINT
            and (first, last) == (hit.first - 1, hit.last)
            and words[first] == "petit"
            and words[max(0, first - 1) : first] in (["le"], ["du"], ["au"])
        )

    def belittled_role(self, hit: Hit) -> tuple[int, int] | None:
        """« stratège de salon », « ministre de pacotille », « sale journaliste »."""
        at, words = hit.first - 1, self.document.words
        if self.document.joined(at) and words[at] in said.FALSE:
            return at, hit.last
        if self.document.joined(at - 1) and words[at - 1 : at + 1] == [
            "soi",
            "disant",
        ]:
            return at - 1, hit.last
        last = self.next_of(hit.last, {Kind.BELITTLER_AFTER}, Tier.ALWAYS)
        if last is None or self._is_costume(hit, last):
            return None
        return hit.first, last

    def _is_costume(self, hit: Hit, last: int) -> bool:
        """« une reine en chocolat », « les chevaliers de carnaval »: not pointed at."""
        words = self.document.words
        if words[hit.last] not in said.COSTUMES or self.pointed_at(hit.first):
            return False
        return words[hit.last + 1] == "en" or words[last] in {"carnaval", "operette"}

    def belittled_stranger(self, hit: Hit) -> tuple[int, int] | None:
        """« une Thatcher du pauvre »: any proper name, the lexicon's own set aside."""
        document, at = self.document, hit.first - 1
        if hit.entry.tier != Tier.ALWAYS or not document.joined(at):
            return None
        if any(h.entry.kind in {Kind.NAME, Kind.ROLE} for h in self.ending[at]):
            return None
        name = document.as_written(at)
        first = self.belittler_before(at)
        if len(name) < 3 or not name.istitle() or not document.joined(first - 1):
            return None
        return (first, hit.last) if document.words[first - 1] in BEFORE_NAMES else None

    def typed(self, hit: Hit) -> tuple[int, int] | None:
        """« Tartuffe de Zgharta », « Madoff du Levant », « les talibans du bio »."""
        if is_title(self.document, hit):
            return None
        first = self.belittler_before(hit.first)
        last = self.belittler_after(hit.last, dressed=True)
        if first < hit.first or last > hit.last:
            return first, last
        if hit.entry.text in said.INQUISITIONS and (cause := self._cause_of(hit)):
            return hit.first, cause
        if in_pointed_apposition(self.document, hit):
            return hit.first, hit.last
        if hit.entry.text[0].isupper():
            return compared_to(self.document, hit)
        return fanatic_of(self.document, hit)

    def _cause_of(self, hit: Hit) -> int | None:
        """« la Gestapo verte », « les kapos de la RATP »: what lends a persecutor a
        harmless cause, or a body that persecutes nobody.
        """
        document = self.document
        found = self.next_of(hit.last, {Kind.ADJECTIVE})
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

    def ready_made(self, hit: Hit) -> tuple[int, int] | None:
        """« nazillon », « tyranneau de village »; « cette mégère » if it is aimed."""
        start: int | None = hit.first
        if hit.entry.tier == Tier.HINT and is_denied(self.document, hit.first - 2):
            return None
        if hit.entry.tier == Tier.AIMED:
            if self.is_literal(hit):
                return None
            start = aimed_from(self.document, hit)
        word = self.document.words[hit.last]
        if word in said.RULERS and self._ruled_of_old(hit.last):
            return None
        last = self.belittler_after(hit.last, dressed=word not in said.TOYS)
        if last == hit.last and word in said.RULERS and self._rules_a_place(hit.last):
            last = min(hit.last + 2, len(self.document.words) - 1)
        if start is None and last > hit.last and word not in said.TOYS:
            start = hit.first  # « satrape de province »
        return None if start is None else (start, last)

    def _counted_or_pointed_at(self, hit: Hit, first: int) -> bool:
        """« ce Néron de », « les Mao de »: there was but one."""
        if self.pointed_at(first):
            return True
        words = self.document.words
        return (
            self.document.joined(first - 1)
            and words[first - 1] in {"les", "des"}
            and hit.entry.text[0].isupper()
            and not words[hit.last].endswith(("s", "x"))
        )

    def _ruled_of_old(self, last: int) -> bool:
        """« satrape de Carie »: a place that is no power of today."""
        return (
            self.is_of(last)
            and self.document.as_written(last + 2)[0].isupper()
            and not self._rules_a_place(last)
        )

    def _rules_a_place(self, last: int) -> bool:
        """« potentat de bananeraie », « roitelet des Hauts-de-Seine »."""
        if self.is_of(last) and self.document.words[last + 2] in said.ARTICLES:
            return False
        if self.is_of(last) and self.next_of(last + 1, {Kind.POWER}) is not None:
            return True  # « le satrape d'Ankara », not of Lydia
        if self.is_of_something(last):
            return True
        return self.is_of(last) and self.document.words[last + 1] in {"du", "des"}
