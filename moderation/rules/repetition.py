"""Near-duplicates of what the same author wrote before."""

from collections.abc import Iterator

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.folding import words_of
from moderation.rules.match import Category, Match, Severity

_SHINGLE = 3  # words: what two texts are compared by


class RepetitionRule:
    """A text that shares most of its word sequences with an earlier one (Jaccard)."""

    name = "repetition"
    version = 1

    def __init__(self, config: RuleConfig) -> None:
        self._words = config["words"]
        self._share = config["percent"] / 100

    def find(self, document: Document) -> Iterator[Match]:
        """Yield one match for the whole text, for the nearest earlier text."""
        if len(document.words) < self._words or not document.earlier:
            return
        here = _shingles(document.words)
        nearest = 0.0
        for text in document.earlier:
            document.deadline.check()
            nearest = max(nearest, _jaccard(here, _shingles(words_of(text))))
        if nearest < self._share:
            return
        percent = int(nearest * 100)
        yield Match(
            rule=self.name,
            rule_version=self.version,
            category=Category.REPETITION,
            severity=Severity.LOW,
            start=0,
            end=len(document.source),
            text=document.source,
            explanation={
                "fr": f"Texte semblable à {percent}\u00a0% à un commentaire précédent "
                "du même auteur.",
                "en": f"{percent}% the same as an earlier comment by this author.",
            },
        )


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    last = max(1, len(words) - _SHINGLE + 1)
    return {tuple(words[at : at + _SHINGLE]) for at in range(last)}


def _jaccard(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
