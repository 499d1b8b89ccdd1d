"""Texts in a language that the newspaper does not accept."""

from collections.abc import Iterator

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity

_ACCEPTED = frozenset({"fr", "en", "ar"})


class LanguageRule:
    """A text in a language that the newspaper does not accept."""

    name = "language"
    version = 2

    def __init__(self, config: RuleConfig) -> None:
        self._words = config["words"]

    def find(self, document: Document) -> Iterator[Match]:
        """Yield one match for the whole text, if no accepted language is in it."""
        languages = document.languages
        if (
            len(document.words) < self._words
            or not languages
            or not _ACCEPTED.isdisjoint(languages)
        ):
            return
        yield Match(
            rule=self.name,
            rule_version=self.version,
            category=Category.LANGUAGE,
            severity=Severity.LOW,
            start=0,
            end=len(document.source),
            text=document.source,
            explanation={
                "fr": "Texte écrit dans une langue que le journal n’admet pas "
                f"({languages[0]}).",
                "en": f"Text in a language the newspaper does not accept "
                f"({languages[0]}).",
            },
            term=languages[0],
        )
