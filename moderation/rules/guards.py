"""Allowed phrases and honest contexts: what keeps a term of the lexicon from counting."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from moderation.rules.document import Document
from moderation.rules.folding import plain
from moderation.rules.lexicon import Kind
from moderation.rules.trace import Outcome

if TYPE_CHECKING:
    from moderation.rules.index import Hit

_WRITTEN_WORD = re.compile(r"[^\W_]+")


def unguarded(
    document: Document, found: list["Hit"], contexts: Mapping[str, frozenset[str]]
) -> list["Hit"]:
    """The terms of ``found`` that no guard allows and no context excuses.

    ``contexts`` are {term: words of which one, anywhere, excuses it}.
    """
    found = [
        hit
        for hit in found
        if hit.entry.text not in contexts or not _is_excused(document, hit, contexts)
    ]
    guards = [h for h in found if h.entry.kind == Kind.GUARD]
    if not guards:
        return found
    allowed: dict[int, str] = {}
    for guard in guards:
        outcome = _outcome(document, guard)
        document.note(guard, outcome)
        if outcome is Outcome.GUARD_HELD:
            for at in range(guard.first, guard.last + 1):
                allowed[at] = guard.entry.text
    kept = []
    for hit in found:
        if hit.entry.kind == Kind.GUARD:
            continue
        if hit.first in allowed and hit.last in allowed:
            document.note(hit, Outcome.GUARDED, allowed[hit.first])
        else:
            kept.append(hit)
    return kept


def _is_excused(
    document: Document, hit: "Hit", contexts: Mapping[str, frozenset[str]]
) -> bool:
    """Whether the text speaks of what makes an honest word of ``hit``."""
    words = contexts.get(hit.entry.text)
    if not words or hit.entry.kind in {Kind.GUARD, Kind.LITERAL}:
        return False
    around = words & document.vocabulary
    around -= set(document.words[hit.first : hit.last + 1])
    for word in sorted(around):
        document.note(hit, Outcome.CONTEXT, word)
    return bool(around)


def _outcome(document: Document, guard: "Hit") -> Outcome:
    """Whether the guard's capitals, and alone its accents, are those of the text."""
    if guard.variant:
        return Outcome.GUARD_DISGUISE
    outcome = Outcome.GUARD_CAPITALS
    written = [document.as_written(n) for n in range(guard.first, guard.last + 1)]
    for form in (guard.entry.text, *guard.entry.forms):
        wanted, folded = _words_of_form(form)
        if folded != document.words[guard.first : guard.last + 1]:
            continue
        if len(wanted) == 1 and (
            _accented(wanted[0]) != _accented(written[0])
            or _is_no_honest_form(document, guard.first)
        ):
            outcome = Outcome.GUARD_ACCENTS
            continue
        if all(map(_capitals_agree, wanted, written)):
            return Outcome.GUARD_HELD
    return outcome


@lru_cache(maxsize=10_000)
def _words_of_form(form: str) -> tuple[list[str], list[str]]:
    """The words of an allowed phrase as written, and folded."""
    wanted = _WRITTEN_WORD.findall(form)
    return wanted, [plain(word) for word in wanted]


def _accented(word: str) -> str:
    return normalize("NFC", word).casefold()


def _capitals_agree(wanted: str, written: str) -> bool:
    return not wanted[0].isupper() or (
        written[0].isupper() and (wanted.isupper() or not written.isupper())
    )


def _is_no_honest_form(document: Document, word: int) -> bool:
    """« un tare », « ce cingle », « tu es attarde »: insults that lack their accent.

    No guarded word is a masculine noun, or an adjective said of the reader.
    """
    words, at = document.words, word - 1
    if not document.joined(at):
        return False
    if words[at] in {"vraiment", "trop", "completement", "carrement", "tellement"}:
        at -= 1
    return words[at] in {"un", "ce", "quel", "es", "etes"}
