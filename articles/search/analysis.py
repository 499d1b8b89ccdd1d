"""French text as searchable stems. No Django here: indexing and queries share it.

Accents and case are folded before stemming, the same way in the index and in the
query, so that « economie », « Économie » and « l’économies » all meet.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
import Stemmer

MAX_STEM = 40  # code points; the rest of an endless word is not searched
MAX_TERMS = 400_000
"""UTF-8 bytes of one text's stems: a PostgreSQL tsvector holds at most 1 MiB, and a
stem of two letters takes there three times its place here.

https://www.postgresql.org/docs/15/textsearch-limitations.html
"""
MAX_QUERY_WORDS = 16

WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*")
APOSTROPHES = frozenset("'’ʼ‘`´＇")
ELIDED = frozenset(
    "c d j l m n s t z qu jusqu lorsqu puisqu quoiqu".split()  # noqa: SIM905
)
"""What French elides before a vowel: « l’ », « qu’ ». Left out of the index."""
LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": ""}
)
"""Spellings that Unicode's compatibility decomposition does not bring together."""
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
COMMON = frozenset(
    """a au aux avec ce ces cet cette dans de des du elle en est et eux il ils je la le
    les leur leurs lui ma mais me mes moi mon ne nos notre nous on ou par pas pour qui
    que sa se ses son sur ta te tes toi ton tu un une vos votre vous y""".split()  # noqa: SIM905
)
"""Words on almost every page, folded: asked for only inside quotes or alone."""
QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its stem, and its span in code points of the text."""

    stem: str
    start: int
    end: int
    common: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader looks for: all ``words``, and each of ``phrases`` word by word.

    ``cut`` tells that the query had more words than are searched.
    """

    words: frozenset[str]
    phrases: Sequence[tuple[str, ...]]
    cut: bool

    @property
    def stems(self) -> Sequence[str]:
        """Every stem that a text must hold, in a fixed order."""
        return sorted(self.words.union(*self.phrases))

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` that are searched, in order; any text will do."""
    for found in WORD.finditer(text):
        start, end = found.span()
        folded, stem = _analysed(text[start : min(end, start + 3 * MAX_STEM)])
        elided = folded in ELIDED and text[end : end + 1] in APOSTROPHES
        if folded and not elided:
            yield Word(stem, start, end, folded in COMMON)


def terms(*texts: str) -> str:
    """The stems of ``texts`` in order, joined by single spaces: what is indexed."""
    kept: list[str] = []
    room = MAX_TERMS
    for text in texts:
        for word in words(text):
            room -= len(word.stem.encode()) + 1
            if room < 0:
                return " ".join(kept)
            kept.append(word.stem)
    return " ".join(kept)


def parse_query(typed: str) -> Query:
    """Read what a reader typed: words, and phrases between quotation marks.

    Never fails: whatever else is in ``typed`` (operators, lone quotes, controls) only
    separates words. Empty, hence false, if there is nothing to look for.
    """
    phrases: list[tuple[str, ...]] = []
    loose = ""
    end = 0
    left = MAX_QUERY_WORDS
    cut = False
    for quoted in QUOTED.finditer(typed):
        loose += typed[end : quoted.start()] + " "
        end = quoted.end()
        phrase = tuple(word.stem for word in words("".join(quoted.groups(""))))
        cut = cut or len(phrase) > left
        phrase = phrase[:left]
        left -= len(phrase)
        if phrase:
            phrases.append(phrase)
    found = list(words(loose + typed[end:]))
    telling = [word for word in found if not word.common]
    if not telling and not phrases:
        telling = found
    stems = list(dict.fromkeys(word.stem for word in telling))
    return Query(frozenset(stems[:left]), phrases, cut or len(stems) > left)


def hits(text: str, query: Query) -> list[tuple[int, int]]:
    """The spans of ``text``, in order and apart, that answer ``query``."""
    found = list(words(text))
    marked = [word.stem in query.words for word in found]
    for phrase in query.phrases:
        length = len(phrase)
        for at in range(len(found) - length + 1):
            if all(found[at + i].stem == phrase[i] for i in range(length)):
                marked[at : at + length] = [True] * length
    return [
        (word.start, word.end) for word, hit in zip(found, marked, strict=True) if hit
    ]


_stemmers = threading.local()  # a Stemmer must not be shared between threads


@lru_cache(maxsize=30_000)
def _analysed(word: str) -> tuple[str, str]:
    """``word`` without case, accents, ligatures and marks, and its stem."""
    plain = unicodedata.normalize("NFKD", word.casefold()).casefold()
    folded = "".join(c for c in plain.translate(LETTERS) if c.isalnum())[:MAX_STEM]
    if not hasattr(_stemmers, "french"):
        _stemmers.french = Stemmer.Stemmer("french")
        _stemmers.arabic = Stemmer.Stemmer("arabic")
    stemmer = _stemmers.arabic if ARABIC.match(folded) else _stemmers.french
    return folded, str(stemmer.stemWord(folded)) or folded
