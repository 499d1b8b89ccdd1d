"""Editors' own patterns, on an engine whose time is linear in the text (RE2).

See https://github.com/google/re2/wiki/Syntax for what a pattern may hold: no look-around
and no back-references.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from time import thread_time
from typing import Any

import re2

from moderation.rules.document import Document
from moderation.rules.folding import plain
from moderation.rules.match import Category, Match, Severity

MAX_LENGTH = 500  # code points of a pattern
MAX_MEMORY = 8 << 20  # bytes RE2 may use for one pattern
TRIAL_SECONDS = 0.050
_TRIAL_LENGTH = 10_000
_TRIALS = ("a", "aA1 ", "ab", "x!", "é ", "le la les ", "0", "\n")
# Many states of a pattern show only in a text without order.
_DIGESTS = b"".join(sha256(number.to_bytes(2, "big")).digest() for number in range(313))
_SMALL_WORDS = ("le", "la", "un", "et", "de", "con", "à", "ne", "va", "qui", "12", "!")
_MIXED = "".join("ab"[byte & 1] for byte in _DIGESTS)
_WORDS = " ".join(_SMALL_WORDS[byte % len(_SMALL_WORDS)] for byte in _DIGESTS[:3000])


class PatternError(ValueError):
    """A pattern that cannot serve. ``reason`` names why: long, invalid, empty, slow."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that editors keep; case and accents in it do not matter.

    It is searched in the folded text, so it is folded as well, escapes left alone.
    """

    name: str
    regex: str
    category: Category = Category.OTHER
    severity: Severity = Severity.MEDIUM
    explanation: dict[str, str] = field(default_factory=dict)


def compiled(regex: str) -> Any:
    """``regex`` ready to search folded text. Raises PatternError if RE2 refuses it."""
    if len(regex) > MAX_LENGTH:
        raise PatternError("long", str(MAX_LENGTH))
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = MAX_MEMORY
    options.log_errors = False
    try:
        return re2.compile(_without_accents(regex), options=options)
    except (re2.error, UnicodeError) as error:
        raise PatternError("invalid", _detail(error)) from error


def check_pattern(regex: str) -> None:
    """Raise PatternError if ``regex`` is invalid, matches nothing at all, or is slow."""
    pattern = compiled(regex)
    if pattern.search("") or any(
        found.start() == found.end() for found in pattern.finditer(" a0!é")
    ):
        raise PatternError("empty")
    repeated = (trial * (_TRIAL_LENGTH // len(trial)) for trial in _TRIALS)
    for text in (*repeated, _MIXED, _WORDS):
        started = thread_time()
        for _ in pattern.finditer(text):
            if thread_time() - started > TRIAL_SECONDS:
                break
        if thread_time() - started > TRIAL_SECONDS:
            raise PatternError("slow", text[:10])


class PatternRule:
    """One editor's pattern as a rule of its own, with its own time."""

    version = 1

    def __init__(self, pattern: Pattern) -> None:
        self.name = "pattern"
        self._pattern = pattern
        self._compiled = compiled(pattern.regex)

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each place the pattern matches; empty ones say nothing."""
        pattern = self._pattern
        document.deadline.check()
        for found in self._compiled.finditer(document.folded.text):
            document.deadline.check()
            if found.start() == found.end():
                continue
            start, end = document.folded.original_span(found.start(), found.end())
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=pattern.category,
                severity=pattern.severity,
                start=start,
                end=end,
                text=document.source[start:end],
                explanation=pattern.explanation
                or {
                    "fr": f"Motif de la rédaction\u00a0: {pattern.name}.",
                    "en": f"The newsroom's own pattern: {pattern.name}.",
                },
                term=pattern.name,
            )
        document.deadline.check()  # one search may have taken all of the time


def _without_accents(regex: str) -> str:
    """``regex`` with its letters folded as texts are; what escapes mean stays."""
    return "".join(c if c.isascii() else plain(c) or c for c in regex)


def _detail(error: Exception) -> str:
    """What RE2 objects to, in its own words."""
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def usable(patterns: Iterable[Pattern]) -> tuple[list[PatternRule], list[str]]:
    """Rules for the patterns that compile, and the names of those that do not.

    A pattern that is invalid all the same (TRUST F13) is left out, never an error.
    """
    rules: list[PatternRule] = []
    refused: list[str] = []
    for pattern in patterns:
        try:
            rules.append(PatternRule(pattern))
        except PatternError:
            refused.append(pattern.name)
    return rules, refused
