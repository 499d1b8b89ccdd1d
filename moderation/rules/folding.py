"""Folding: one plain spelling for the many ways to write the same letters.

Case, accents, ligatures, full width, styled and look-alike letters, invisible and
control characters and HTML tags are folded away, and every folded character knows which code points
of the text as written it came from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.rules.confusables import IGNORED, LOOKALIKES, MARKS_OF_WRITING

# Markup inside a line, as someone may type to cut a word in two.
_TAG = re.compile(
    r"</?(?!(?:p|br|div|li|ul|ol|h[1-6]|tr|td|table|blockquote)\b)[a-z][a-z0-9]{0,9}"
    r"(?:\s[^<>\n]{0,80})?/?>|<!--.{0,80}?-->",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_]+")


class _CharacterTable(dict[str, str]):
    """Maps one character to its folded form, worked out once for each character."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_character(char)
        return folded


def _fold_character(char: str) -> str:
    if char.isspace():
        return char if char in "\n\r" else " "
    if char in MARKS_OF_WRITING:
        return MARKS_OF_WRITING[char]
    if char in LOOKALIKES:
        return LOOKALIKES[char]
    if char in IGNORED or unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    kept = []
    for part in unicodedata.normalize("NFKD", char.casefold()):
        if part.isspace():
            kept.append(" ")
        elif part in LOOKALIKES:
            kept.append(LOOKALIKES[part])
        elif part in MARKS_OF_WRITING:
            kept.append(MARKS_OF_WRITING[part])
        elif unicodedata.category(part) not in {"Mn", "Me", "Cf", "Cc"}:
            kept.append(part.casefold())
    return "".join(kept)


_TABLE = _CharacterTable()


class _PlacesKept(dict[int, str]):
    """The same by code point, for `str.translate`; knows what folds to none or several."""

    def __init__(self) -> None:
        self.moving: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = self[code] = _TABLE[chr(code)]
        if len(folded) != 1:
            self.moving.add(chr(code))
        return folded


_PLACES_KEPT = _PlacesKept()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the text as written.

    ``origins[i]`` is the code point that folded character ``i`` came from; None means
    that folding kept every position.
    """

    source: str
    text: str
    origins: Sequence[int] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span as written of folded characters ``[start, end)``; ``start < end``.

        It ends after the marks that belong to its last letter, so that no accent
        written as a combining character is cut off.
        """
        source = self.source
        if self.origins is None:
            return start, end
        first, last = self.origins[start], self.origins[end - 1] + 1
        while last < len(source) and _extends_cluster(source[last]):
            last += 1
        return first, last


def _extends_cluster(char: str) -> bool:
    return char in "\u200c\u200d" or unicodedata.category(char) in {"Mn", "Me", "Mc"}


def fold(text: str) -> Folded:
    """Fold ``text``, whatever it holds: control characters and lone surrogates too."""
    tags = list(_TAG.finditer(text)) if "<" in text else []
    if not tags and text.isascii() and text.isprintable() and "`" not in text:
        return Folded(text, text.lower())
    if not tags:
        folded = text.translate(_PLACES_KEPT)
        if _PLACES_KEPT.moving.isdisjoint(text):
            return Folded(text, folded)
    table = _TABLE
    parts = [table[char] for char in text]
    for tag in tags:
        parts[tag.start() : tag.end()] = [""] * len(tag[0])
    folded = "".join(parts)
    if len(folded) == len(text) and "" not in parts:
        return Folded(text, folded)
    origins = [at for at, part in enumerate(parts) for _ in part]
    return Folded(text, folded, origins)


def plain(word: str) -> str:
    """``word`` folded, where positions do not matter."""
    return fold(word).text


def words_of(text: str) -> list[str]:
    """The folded words of ``text``."""
    return WORD.findall(fold(text).text)
