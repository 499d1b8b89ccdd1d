"""What one term would change, text by text. No Django, no database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from moderation.engine import Engine, Screening
from moderation.rules.config import RuleConfigs
from moderation.rules.disguise import LEET
from moderation.rules.folding import fold, words_of
from moderation.rules.inflection import forms_of
from moderation.rules.lexicon import Entry, Kind
from moderation.rules.match import Match
from moderation.rules.respelling import respellings, upside_down
from moderation.rules.trace import Note

TERM_RULES = frozenset({"lexicon", "epithet", "threat"})
SHOUTING_RULES = frozenset({"capitals", "stretching"})
PREVENTING = frozenset(
    {Kind.GUARD, Kind.CONTEXT, Kind.ORDINARY, Kind.LITERAL, Kind.ACRONYM}
)
"""Kinds that raise no match and keep other terms, or capitals, from raising some."""

_MASKS = r"*#%&@+\x80-\xff"  # bytes of signs and emoji that may hide a letter
_SPELLED_WITH = {
    letter: "".join(sign for sign, letters in LEET.items() if letter in letters)
    for letter in "abcdefghijklmnopqrstuvwxyz"
}
_GAP = "^a-z0-9"  # in a class: bytes that may stand between two letters


@dataclass(frozen=True, slots=True)
class Effect:
    """What a candidate changes in one text.

    ``raised`` are the matches it brings, ``dropped`` those that stand today and would
    stand no more. ``alone`` says that no other term raises a match in this text;
    ``notes`` why the candidate itself did not count where it did not.
    """

    raised: tuple[Match, ...] = ()
    dropped: tuple[Match, ...] = ()
    alone: bool = False
    notes: tuple[Note, ...] = ()
    incomplete: bool = False


NOTHING = Effect()


class Candidate:
    """A term on trial among the others of ``lexicon``, in place of ``replacing``."""

    def __init__(
        self,
        entry: Entry,
        lexicon: Iterable[Entry],
        *,
        replacing: Entry | None = None,
        config: RuleConfigs | None = None,
    ) -> None:
        today = list(lexicon)
        gone = {_key(entry)} | ({_key(replacing)} if replacing else set())
        others = [other for other in today if _key(other) not in gone]
        rules = TERM_RULES
        if entry.kind == Kind.ACRONYM:
            rules |= SHOUTING_RULES

        def engine(entries: list[Entry]) -> Engine:
            return Engine(entries, config=config, only=rules)

        self.entry = entry
        self._after = engine([*others, entry])
        self._without = engine(others)
        same = len(others) == len(today)
        self._today = self._without if same else engine(today)
        concerned = [entry, *(other for other in today if _key(other) in gone)]
        self._could_hold = could_hold(concerned)

    def effect(self, text: str) -> Effect:
        """What the candidate changes in ``text``."""
        if not self._could_hold(text):
            return NOTHING
        explained = self._after.explain(text)
        after = explained.screening
        without = self._without.screen(text)
        today = without if self._today is self._without else self._today.screen(text)
        basis = today if self.entry.kind in PREVENTING else without
        return Effect(
            raised=_beyond(after, basis),
            dropped=_beyond(today, after),
            alone=not basis.matches,
            notes=tuple(note for note in explained.notes if self._is_mine(note)),
            incomplete=bool(after.incomplete),
        )

    def _is_mine(self, note: Note) -> bool:
        return note.term == self.entry.text and note.kind == self.entry.kind


def allowed_around(entry: Entry, lexicon: Iterable[Entry]) -> list[str]:
    """The allowed phrases that hold a form of ``entry``: nothing is flagged in them."""
    forms = {tuple(words) for form in forms_of(entry) if (words := words_of(form))}
    return sorted(
        {
            other.text
            for other in lexicon
            if other.kind == Kind.GUARD
            and any(
                _holds(words_of(phrase), form)
                for phrase in (other.text, *other.forms)
                for form in forms
            )
        }
    )


def could_hold(entries: Iterable[Entry]) -> Callable[[str], bool]:
    """A quick test that no text fails in which one of ``entries`` has any effect.

    It looks for the longest word of each form, and for the form written as one word,
    letter by letter: each letter may be repeated, written in leet or hidden, and
    anything but letters and digits may stand between two of them. Whatever the rules
    read through a disguise is of that shape, and much else: a text that passes still
    has to be screened.
    """
    shapes = {shape for entry in entries for shape in _shapes(entry)}
    pattern = _compiled("|".join(sorted(shapes)))
    return lambda text: pattern.search(fold(text).text.encode()) is not None


def _shapes(entry: Entry) -> Iterator[str]:
    starts, ends = f"(?:^|[{_GAP}])", f"(?:[{_GAP}]|$)"
    if entry.kind == Kind.COMPOUND_HEAD:
        ends = ""  # « islamo » begins « islamofasciste »
    elif entry.kind == Kind.COMPOUND_TAIL:
        starts = ends = ""
    for form in forms_of(entry):
        words = words_of(form)
        if not words:
            continue
        longest = max(words, key=len)
        sought = {longest, upside_down(longest), "".join(words)}
        sought |= {spelling for spelling, _ in respellings(longest, strong=True)}
        for word in sorted(sought):
            # Particles stand before words of other scripts, without a space
            before = starts if word[0].isascii() else ""
            yield before + _letters(word) + ends


def _letters(word: str) -> str:
    """``word`` as a pattern over bytes; the first letter cannot be hidden."""
    steps = []
    for at, letter in enumerate(word):
        if at and word[at - 1] == letter:
            continue  # one is enough, since letters may be repeated
        if letter.isascii():
            known = _spellings(letter) + (_MASKS if at else "")
            steps.append(f"[{known}](?:[{_GAP}]|[{known}])*")
        else:
            written = "".join(f"\\x{byte:02x}" for byte in letter.encode())
            hidden = f"|[{_MASKS}]" if at else ""
            steps.append(f"(?:{written}{hidden})[{_GAP}]*")
    return "".join(steps)


def _spellings(letter: str) -> str:
    spelled = letter + _SPELLED_WITH.get(letter, "")
    if letter == "c":
        spelled += "k"
    elif letter == "l":
        spelled += "i"  # a capital I
    return "".join(re2.escape(sign) for sign in spelled if sign.isascii())


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes: small and fast
    options.max_mem = 64 << 20
    options.log_errors = False
    return re2.compile(pattern.encode("ascii"), options=options)


def _holds(words: list[str], form: tuple[str, ...]) -> bool:
    size = len(form)
    return any(
        tuple(words[at : at + size]) == form for at in range(len(words) - size + 1)
    )


def _beyond(screening: Screening, other: Screening) -> tuple[Match, ...]:
    """The matches of ``screening`` that ``other`` has not."""
    known = {_place(match) for match in other.matches}
    return tuple(m for m in screening.matches if _place(m) not in known)


def _place(match: Match) -> tuple[int, int, str, str]:
    return match.start, match.end, match.rule, match.term


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.language, str(entry.kind), entry.text
