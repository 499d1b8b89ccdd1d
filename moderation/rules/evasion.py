"""Reads through disguises: leet, masks, separators, spacing, repeated letters.

Each function proposes *readings*: words of the lexicon that some words of the text
stand for. Innocent words under the same disguises give no reading, since only a whole
disguised word is compared with the lexicon; their fragments are blocked instead, so
that « dis.pute » holds no insult.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moderation.rules.disguise import decode, letters_of
from moderation.rules.folding import plain
from moderation.rules.remembered import REMEMBERED
from moderation.rules.respelling import upside_down
from moderation.rules.spellings import LONGEST, Spellings
from moderation.rules.wordlists import word_set

if TYPE_CHECKING:
    from moderation.rules.document import Document

_LETTER_SIGNS = frozenset("@$€£¢")  # read as letters, hence never between words
_BETWEEN_WORDS = frozenset("/\\,;:&+%!")  # also join whole words
# Signs that may stand inside one word; emoji are among them.
_SIGN = r"(?:_|[^\w\s'?()\[\]{}«»“”\"…])"
_CHUNK = re.compile(rf"(?:[^\W_]|{_SIGN})+")
# A sign between letters or digits, a digit beside a letter, a sign read as a letter.
# Plain letters and clear signs are passed over first: nearly all of a text is made of them.
_SUSPECT = re.compile(
    rf"[^a-z\s'?()\[\]{{}}«»“”\"…](?:(?<=[^\W_]{_SIGN}){_SIGN}*[^\W_]|(?<=[^\W\d_]\d)"
    rf"|(?<=\d)[^\W\d_]|(?<=[@$€£¢|])[^\W_]|(?<=[^\W_][*@$#]))"
)
_INCLUSIVE_SIGNS = frozenset("._·-/")
_EDGES = ".,;:!-_·/#~\\+&%="
_SPACED = re.compile(
    r"(?<![^\W_])([^\W_])\1*(?:(?:_|[^\w\n]){1,6}([^\W_])\2*){2,}(?![^\W_])"
)
_CUT_BY_LINE = re.compile(r"(?<=[^\W\d_])-? ?\r?\n ?(?=[^\W\d_])")
_TURNED = re.compile("[ɐɔǝɟƃɓɥᴉıɾʞɯɹʇʌʍʎ]")
_CAPITAL_I = re.compile("[a-zß-ÿ]I")  # for l: « saIopard »
_CUT_SHORT = re.compile(r"(?<![^\W_])([^\W\d_])(?:\.{2,}|…)")
LONGEST_SPELLED = 400  # letters in a row that are searched for insults
_WIDE_GAP = re.compile(r" {3,}")
_DOUBLED = re.compile(r"([^\W\d_])\1")
_GAP = re.compile(r"[\W_]+")
_NOT_LETTER = re.compile(r"[\W_]")

INCLUSIVE_ENDINGS = word_set(
    "e s es ne nes euse euses eure eures esse esses rice rices trice trices ere eres"
)
_PIECES_OF_PHRASES = word_set(
    "de du des d la le les l un une toi moi tu il elle vous nous lui la ci en a au "
    "sale gros grosse grosses petit petite pauvre vieux vieille espece et ou"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Words ``first`` to ``last`` of a document read as ``word``; ``variant`` says how."""

    first: int
    last: int
    word: str
    variant: str


Masked = tuple[int, list[str], bool]
"""The last word of a chunk, the letters at each place ("" for any), and whether more may
follow them: « p... »."""


@dataclass(frozen=True, slots=True)
class Disguises:
    """The readings of a document, and the words that are no words by themselves.

    ``masked`` holds the chunks with hidden letters by their first word: in the middle of
    a phrase they may stand for what the phrase goes on with.
    """

    readings: list[Reading]
    blocked: frozenset[int]
    masked: Mapping[int, Masked]


def readings(document: "Document", spellings: Spellings) -> Disguises:
    """Every reading of the disguised words of ``document``."""
    text = document.folded.text
    found: list[Reading] = []
    blocked: set[int] = set()
    masked: dict[int, Masked] = {}
    if _SUSPECT.search(text):
        _through_chunks(document, spellings, found, blocked, masked)
    for cut in _CUT_SHORT.finditer(text) if ".." in text or "…" in text else ():
        place = _words_within(document, cut.start(), cut.end())
        if place is not None:
            masked[place[0]] = place[1], list(cut[1]), True
    if document.spells_out:
        _through_spacing(document, spellings, found, blocked)
    if _DOUBLED.search(text):
        found += _through_repeats(document, spellings, blocked)
    if "\n" in text:
        found += _through_lines(document, spellings, blocked)
    found += _through_respellings(document, spellings, blocked)
    return Disguises(found, frozenset(blocked), masked)


def _words_within(document: "Document", start: int, end: int) -> tuple[int, int] | None:
    """The first and last word of a stretch of the folded text."""
    first = max(0, bisect_right(document.bounds, (start, -1)) - 1)
    if document.bounds and document.bounds[first][1] < start:
        first += 1
    last = bisect_right(document.bounds, (end, -1)) - 1
    return (first, last) if first <= last else None


def _through_chunks(
    document: "Document",
    spellings: Spellings,
    found: list[Reading],
    blocked: set[int],
    masked: dict[int, Masked],
) -> None:
    decoded = spellings.decoded
    if len(decoded) > REMEMBERED:
        decoded.clear()
    for number, chunk in enumerate(_suspects(document.folded.text)):
        if not number % 64:
            document.deadline.check()
        shown = chunk[0].strip(_EDGES)
        if shown.startswith("*"):
            shown = shown.strip("*" + _EDGES)
        start = chunk.start() + chunk[0].index(shown)
        place = _words_within(document, start, start + len(shown))
        if place is None:
            continue
        here = range(place[0], place[1] + 1)
        pieces = document.words[place[0] : place[1] + 1]
        signs = set(_NOT_LETTER.findall(shown))
        if signs <= _INCLUSIVE_SIGNS:
            ends = _inclusive_endings(pieces)
            whole = "".join(pieces)
            if (
                ends
                and whole not in spellings.ordinary
                and whole not in spellings.words
            ):
                at = place[1] - ends
                found.append(Reading(at, place[1], pieces[-ends - 1], ""))
                blocked.update(range(at, place[1] + 1))
                if at == place[0] and pieces[0] in spellings.known:
                    continue
        if "*" in shown and len(shown) <= LONGEST and shown[0].isalpha():
            masked[place[0]] = place[1], letters_of(shown), False
        words = decoded.get(shown)
        if words is None:
            words = decode(shown, spellings)
            if len(shown) <= LONGEST:
                decoded[shown] = words
        if _are_whole_words(pieces):
            words = [word for word in words if word[1] != "separated"]
        if words:
            found.extend(Reading(*place, *word) for word in words)
            if signs != {"-"} or len(pieces[0]) < 4:  # else it may be a phrase as well
                blocked.update(here)
        elif len(pieces[0]) > 3 and _inclusive_endings(pieces):
            continue
        elif signs == {"-"}:
            if "".join(pieces) in spellings.phrases:
                continue  # a phrase of the lexicon, found as one
            blocked.update(_fragments(place[0], pieces, spellings))
        elif _is_cut_up(document, place, pieces, signs):
            blocked.update(here)


def _suspects(text: str) -> Iterator[re.Match[str]]:
    """Chunks of ``text`` in which something may be disguised."""
    read = 0
    for suspect in _SUSPECT.finditer(text):
        if suspect.start() < read:
            continue
        low = max(text.rfind(" ", read, suspect.start()), read - 1) + 1
        high = text.find(" ", suspect.end())
        read = len(text) if high < 0 else high
        for chunk in _CHUNK.finditer(text, low, read):
            if _SUSPECT.search(chunk[0]):
                yield chunk


def _are_whole_words(pieces: list[str]) -> bool:
    """Whether the pieces are long enough for two words with a sign between them."""
    return len(pieces) > 1 and all(len(piece) >= 4 for piece in pieces)


def _is_cut_up(
    document: "Document", place: tuple[int, int], pieces: list[str], signs: set[str]
) -> bool:
    """Whether the pieces are fragments: « dis.pute », « s@lopette », « pute@ux »."""
    if signs & _BETWEEN_WORDS or not signs:
        return False
    if signs == {"."} and _sentences_meet(document, place):
        return False
    return min(map(len, pieces)) < 4 or bool(signs & _LETTER_SIGNS)


def _inclusive_endings(pieces: list[str]) -> int:
    """How many pieces at the end are inclusive endings: 2 in « connard·e·s »."""
    count = 0
    for piece in reversed(pieces[1:]):
        if piece not in INCLUSIVE_ENDINGS:
            break
        count += 1
    return count


def _fragments(first: int, pieces: list[str], spellings: Spellings) -> Iterator[int]:
    """Short pieces of a hyphenated word that are no words: « dis-pute »."""
    if len(pieces) > LONGEST:
        yield from range(first, first + len(pieces))
        return
    for at, piece in enumerate(pieces):
        others = pieces[:at] + pieces[at + 1 :]
        if len(piece) <= 4 and not all(
            o in _PIECES_OF_PHRASES or o in spellings.known for o in others
        ):
            yield first + at


def _sentences_meet(document: "Document", place: tuple[int, int]) -> bool:
    """Whether a full stop without a space ends a sentence: « les cons.Ils »."""
    return any(
        document.as_written(at).istitle() and not document.as_written(at - 1).isupper()
        for at in range(place[0] + 1, place[1] + 1)
    )


def _through_spacing(
    document: "Document",
    spellings: Spellings,
    found: list[Reading],
    blocked: set[int],
) -> None:
    for run in _SPACED.finditer(document.folded.text):
        start = run.start()
        for segment in _segments(run[0]):
            at = run[0].index(segment, start - run.start()) + run.start()
            start = at + len(segment)
            place = _words_within(document, at, start)
            if place is None or place[1] - place[0] < 2:
                continue
            blocked.update(range(place[0], place[1] + 1))
            pieces = document.words[place[0] : place[1] + 1]
            if len(pieces) > LONGEST:
                letters = "".join(pieces[:LONGEST_SPELLED])
                found.extend(
                    Reading(
                        place[0] + at, place[0] + at + len(word) - 1, word, "spaced"
                    )
                    for word, at in spellings.long_within(letters)
                    if all(len(piece) == 1 for piece in pieces[at : at + len(word)])
                )
                continue
            for skipped in _starts(pieces):
                for end in _ends(pieces, skipped):
                    words = decode(" ".join(pieces[skipped:end]), spellings)
                    found.extend(
                        Reading(place[0] + skipped, place[0] + end - 1, word, "spaced")
                        for word, _ in words
                    )


def _starts(pieces: list[str]) -> Iterator[int]:
    """Where the disguised word may start: « y a c o n » starts with two real words."""
    for at in range(min(3, len(pieces) - 2)):
        yield at
        if pieces[at] not in {"a", "y", "o"}:
            return


def _ends(pieces: list[str], start: int) -> Iterator[int]:
    """Where it may end: « s a l a u d a volé » goes on with a real word."""
    yield len(pieces)
    if pieces[-1] in {"a", "y"} and len(pieces) - start > 3:
        yield len(pieces) - 1


def _segments(run: str) -> list[str]:
    """A run of spaced letters cut where its gaps are wider than elsewhere."""
    gaps = _GAP.findall(run)
    return [run] if min(map(len, gaps)) > 2 else _WIDE_GAP.split(run)


def _through_repeats(
    document: "Document", spellings: Spellings, blocked: set[int]
) -> Iterator[Reading]:
    stretched = spellings.repeated_among(document.vocabulary)
    if stretched:
        for at, word in enumerate(document.words):
            if word in stretched and at not in blocked:
                for form in spellings.repeated_in(word):
                    yield Reading(at, at, form, "repeated")


def _through_respellings(
    document: "Document", spellings: Spellings, blocked: set[int]
) -> Iterator[Reading]:
    """By sound, backwards, in haste, without vowels: « konnard », « drannoc »."""
    respelled = spellings.respelled
    written = document.vocabulary & spellings.respelt
    if written:
        for at, word in enumerate(document.words):
            if word not in written or at in blocked:
                continue
            meant, variant = respelled[word]
            if variant == "vowels" and document.as_written(at).isupper():
                continue  # an acronym
            yield Reading(at, at, meant, variant)
    if "I" in document.source and _CAPITAL_I.search(document.source):
        for at in range(len(document.words)):
            shown = document.as_written(at)
            if _CAPITAL_I.search(shown):
                meant = plain(shown.replace("I", "l"))
                if meant in spellings.words:
                    yield Reading(at, at, meant, "leet")
    if not document.source.isascii() and _TURNED.search(document.source):
        for at, word in enumerate(document.words):
            meant = upside_down(word)
            if meant in spellings.words and _TURNED.search(document.as_written(at)):
                yield Reading(at, at, meant, "turned")


def _through_lines(
    document: "Document", spellings: Spellings, blocked: set[int]
) -> Iterator[Reading]:
    """A word cut at the end of a line, with a hyphen or without."""
    for cut in _CUT_BY_LINE.finditer(document.folded.text):
        place = _words_within(document, cut.start(), cut.end() + 1)
        if place is None or place[1] != place[0] + 1:
            continue
        whole = document.words[place[0]] + document.words[place[1]]
        hyphen = cut[0].strip() == "-"
        if whole in spellings.words and (hyphen or len(whole) >= 6):
            yield Reading(*place, whole, "separated")
        if hyphen:
            blocked.update(place)
