"""Runs of exclamation and question marks."""

import re
from collections.abc import Iterator

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity

_MARKS = "!?！？‼⁇⁈⁉❗❓❕❔"
_RUN = re.compile(rf"[{_MARKS}](?:[ \u00a0\u202f\u200b\ufe0f]?[{_MARKS}])*\ufe0f?")
_DOUBLES = frozenset("‼⁇⁈⁉")


class PunctuationRule:
    """Several exclamation or question marks in a row; « ?! » is fine."""

    name = "punctuation"
    version = 1

    def __init__(self, config: RuleConfig) -> None:
        self._least = config["marks"]

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each run."""
        source = document.source
        for run in _RUN.finditer(source):
            count = sum(2 if c in _DOUBLES else 1 for c in run[0] if c in _MARKS)
            if count < self._least:
                continue
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=Category.PUNCTUATION,
                severity=Severity.LOW,
                start=run.start(),
                end=run.end(),
                text=run[0],
                explanation={
                    "fr": f"Ponctuation répétée\u00a0: {count} signes à la suite.",
                    "en": f"Repeated punctuation: {count} marks in a row.",
                },
                term="",
            )
