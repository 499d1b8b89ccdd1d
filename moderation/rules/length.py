"""Texts that say nothing: empty to the eye, or too short for the newspaper."""

import unicodedata
from collections.abc import Iterator

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity


class LengthRule:
    """A text without anything visible (TRUST S-34), or of too few words."""

    name = "length"
    version = 1

    def __init__(self, config: RuleConfig) -> None:
        self._words = config["words"]

    def find(self, document: Document) -> Iterator[Match]:
        """Yield one match for the whole text."""
        source = document.source
        if not source:
            return
        if not document.words and not any(map(_is_visible, source)):
            explanation = {
                "fr": "Texte sans rien de visible.",
                "en": "Nothing in this text can be seen.",
            }
        elif len(document.words) < self._words:
            explanation = {
                "fr": f"Texte de moins de {self._words} mots.",
                "en": f"Text of fewer than {self._words} words.",
            }
        else:
            return
        yield Match(
            rule=self.name,
            rule_version=self.version,
            category=Category.LENGTH,
            severity=Severity.LOW,
            start=0,
            end=len(source),
            text=source,
            explanation=explanation,
        )


def _is_visible(char: str) -> bool:
    """Whether ``char`` leaves ink by itself: a letter, a sign, an emoji."""
    return (
        not char.isspace()
        and unicodedata.category(char)[0] in "LNPS"
        and char not in "\u3164\uffa0\u115f\u1160\u2800"
    )
