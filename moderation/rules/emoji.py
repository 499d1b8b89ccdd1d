"""Floods of emoji."""

import re
from collections.abc import Iterator

import regex

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity

_EMOJI = (
    r"(?:\p{Extended_Pictographic}(?:\p{EMod}|\ufe0f|\u200d\p{Extended_Pictographic})*"
    r"|\p{RI}\p{RI})"
)
_RUN = regex.compile(rf"{_EMOJI}(?:[ \u200b]?{_EMOJI})+")
# Quick, and nearly never true of French
_MAY_BE_ONE = re.compile("[\u00a9\u00ae\u203c-\U0010ffff]")
_ONE = regex.compile(_EMOJI)


class EmojiRule:
    """Many emoji in a row."""

    name = "emoji"
    version = 1

    def __init__(self, config: RuleConfig) -> None:
        self._least = config["emoji"]

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each run."""
        source = document.source
        if not _MAY_BE_ONE.search(source):
            return
        for run in _RUN.finditer(source):
            count = len(_ONE.findall(run[0]))
            if count < self._least:
                continue
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=Category.SHOUTING,
                severity=Severity.LOW,
                start=run.start(),
                end=run.end(),
                text=run[0],
                explanation={
                    "fr": f"Suite de {count} émojis, qui se lit comme un cri.",
                    "en": f"A run of {count} emoji, which reads as shouting.",
                },
                term="emoji",
            )
