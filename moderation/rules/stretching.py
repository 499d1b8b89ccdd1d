"""Stretched letters: « nooooon », « jamaiiiiis »."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity
from moderation.rules.remembered import Remembered

_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"[ivxlcdm]+(?:[abe]|es|eme|emes)?")
# Laughter and other noises are not shouting.
_NOISE = re.compile(
    r"[ahm]+|[eh]+|[hi]+|[oh]+|[euh]+|p+f+|b+r+|g+r+|z+|s+h+|chu+t+|w+|x+l?|m+d+r+|"
    r"p+t+d+r+|l+o+l+|ie+"
)


class StretchingRule:
    """Words in which one letter is written several times in a row."""

    name = "stretching"
    version = 1

    def __init__(self, acronyms: frozenset[str], config: RuleConfig) -> None:
        self._acronyms = acronyms
        again = config["letters"] - 1
        self._stretched = re.compile(rf"([^\W\d_])\1{{{again}}}")
        self._is_stretched = Remembered(self._repeats_a_letter)

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each stretched word, whole."""
        # The folded text shows where to look; accents decide (« créée »).
        text = document.folded.text
        is_stretched = self._is_stretched
        if True not in map(is_stretched.__getitem__, document.vocabulary):
            return
        for at, word in enumerate(document.words):
            if not is_stretched[word] or self._is_harmless(word):
                continue
            start, end = document.span(at, at)
            written = document.source[start:end]
            composed = normalize("NFC", written).lower()
            if not self._stretched.search(composed) or written in self._acronyms:
                continue
            before = text[max(0, document.bounds[at][0] - 1) : document.bounds[at][0]]
            if (before and before in "@#/.") or (
                written.isupper() and len(written) < 5
            ):
                continue
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=Category.SHOUTING,
                severity=Severity.LOW,
                start=start,
                end=end,
                text=written,
                explanation={
                    "fr": f"«\u00a0{written}\u00a0»\u00a0: lettres étirées, "
                    "comme un cri.",
                    "en": f"“{written}”: stretched letters, as when shouting.",
                },
                term="",
            )

    def _repeats_a_letter(self, word: str) -> bool:
        return self._stretched.search(word) is not None

    @staticmethod
    def _is_harmless(word: str) -> bool:
        return (
            _ROMAN.fullmatch(word) is not None
            or word.startswith("www")
            or _is_noise(word)
        )


def _is_noise(word: str) -> bool:
    return len(word) <= 40 and _NOISE.fullmatch(word) is not None
