"""Shouting by capitals: a whole text or a run of words, spaced or alternating."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.folding import plain
from moderation.rules.match import Category, Match, Severity
from moderation.rules.wordlists import word_set

_WORD = re.compile(r"[^\W_]+")
# Its first sign before what may not stand there: looked for much faster so
_NO_SMALL_LETTER = re.compile(
    r"[^\W_a-zß-öø-ÿ](?<![^\W_].)[^\W_a-zß-öø-ÿ]*(?![^\W_])", re.DOTALL
)
_ROMAN = re.compile(r"[IVXLCDM]+")
_COMMON = word_set(
    """
    a ai aie ainsi alors apres arretez as assez au aucun aujourd aura aussi autre aux
    avant avec avez avoir avons bien bon c ca car ce cela ces cet cette ceux chez comme
    comment contre dans de debout dehors depuis des deux dire dit dites doit donc du elle
    elles en encore enfin entre es est et etaient etait ete etes etre eux fait faites faut
    fin fois font hors ici il ils j jamais je la le les leur leurs lui ma mais mal me meme
    mes moi moins mon n ne ni non nos notre nous on ont ou oui par parce pas pendant
    personne peu peut plus pour pourquoi pourri pourris pouvez qu quand que quel quelle
    qui quoi rendez rien s sa sans se sera ses si soit sommes son sont sous suis sur t ta
    te tes toi ton toujours tous tout toute toutes tres trop tu un une va vais vas vers
    veut veux viens vive voila voir vont vos votre vous vraiment vrai y honte stop merci
    maintenant bientot demain hier partout ensemble ailleurs aucune ecoutez reveillez
    the you are is and to of it not this that your no my have be in what why
    """
)


_ACRONYM = 5  # letters: « LGV SEA. DREAL, SGAR, CGEDD » is a list of them


@dataclass(slots=True)
class _Run:
    """Neighbouring words in capitals: where they stand, and how many of each sort."""

    start: int
    end: int
    words: int = 0
    shouted: int = 0
    common: int = 0
    letters: int = 0
    longest: int = 0  # letters of its longest word
    said: set[str] = field(default_factory=set)

    def is_shouting(self, config: RuleConfig, *, fewest: int, exclaimed: bool) -> bool:
        """Long enough, and more than names and acronyms; ``fewest`` words at least.

        ``exclaimed``: the text is nothing else, and has an exclamation mark.
        """
        if self.letters < config["letters"]:
            return False
        if self.shouted >= config["words"]:
            return self.common >= 1 or self.longest > _ACRONYM
        stressed = self.common >= 1 or exclaimed
        return self.words >= fewest and stressed and self.shouted >= 2


class CapitalsRule:
    """Runs of words in capitals, once acronyms, numerals and names are set aside."""

    name = "capitals"
    version = 1

    def __init__(self, acronyms: frozenset[str], config: RuleConfig) -> None:
        self._acronyms = acronyms
        self._config = config

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each run; one for the whole text if all of it shouts."""
        source = document.source
        runs: list[tuple[_Run, bool]] = []
        if _TWO_CAPITALS.search(source):
            found = ((r, _nothing_else(source, r)) for r in self._runs(source))
            runs = [
                (r, whole)
                for r, whole in found
                if r.is_shouting(
                    self._config,
                    fewest=2 if whole else 3,
                    exclaimed=whole and "!" in source,
                )
                and (whole or not _is_read_out(source, r.start))
            ]
        spaced = list(_spaced_letters(source)) if document.spells_out else []
        alternating = list(_alternating(source))
        for run, whole in runs:
            start, end = _stripped(source) if whole else (run.start, run.end)
            yield self._match(source, start, end, "whole" if whole else "run")
        for start, end in spaced:
            yield self._match(source, start, end, "spaced")
        for start, end in alternating:
            yield self._match(source, start, end, "alternating")

    def _runs(self, source: str) -> Iterator[_Run]:
        run: _Run | None = None
        read = 0  # up to here
        for word in _NO_SMALL_LETTER.finditer(source):
            if run is not None and _WORD.search(source, read, word.start()):
                yield run
                run = None
            read = word.end()
            text = word[0]
            if text.isupper():
                if run is None:
                    run = _Run(word.start(), word.end())
                self._extend(run, word)
            elif run is not None and not text.isdigit():
                yield run
                run = None
        if run is not None:
            yield run

    def _extend(self, run: _Run, word: re.Match[str]) -> None:
        text = word[0]
        run.end = word.end()
        run.words += 1
        folded = plain(text)
        if (folded in _COMMON and len(text) > 1) or text == "À":
            run.common += 1
        if len(text) == 1 and folded not in {"a", "y"}:
            return
        if text in self._acronyms or any(c.isdigit() for c in text):
            return
        if _ROMAN.fullmatch(text) and folded not in _COMMON:
            return
        run.letters += len(text)
        run.longest = max(run.longest, len(text))
        if len(text) > 1:
            run.shouted += 1
            run.common += folded in run.said  # « DÉMISSION ! DÉMISSION ! »
            run.said.add(folded)

    def _match(self, source: str, start: int, end: int, form: str) -> Match:
        french, english = _EXPLANATIONS[form]
        return Match(
            rule=self.name,
            rule_version=self.version,
            category=Category.SHOUTING,
            severity=Severity.MEDIUM if form == "whole" else Severity.LOW,
            start=start,
            end=end,
            text=source[start:end],
            explanation={"fr": french, "en": english},
            term=form,
        )


_EXPLANATIONS = {
    "whole": (
        "Tout le texte est en capitales, ce qui se lit comme un cri.",
        "The whole text is in capitals, which reads as shouting.",
    ),
    "run": (
        "Suite de mots en capitales, qui se lit comme un cri.",
        "A run of words in capitals, which reads as shouting.",
    ),
    "spaced": (
        "Mots épelés en capitales, lettre par lettre, pour crier.",
        "Words spelled out letter by letter in capitals, to shout.",
    ),
    "alternating": (
        "Capitales et minuscules alternées, pour se moquer ou crier.",
        "Alternating capitals and small letters, to mock or shout.",
    ),
}


def _nothing_else(source: str, run: _Run) -> bool:
    """Whether no other letter stands outside the run."""
    outside = source[: run.start] + source[run.end :]
    return not any(map(str.isalpha, outside))


_READ_OUT = re.compile(
    r"\b(?:titre|intitul|plaque|inscription|lit|lisait|lire|panneau|affich|enseigne|"
    r"pancarte|mention|banderole|slogan|tague?|grav|loi|épitaphe|étiquette)\w{0,4}\b"
    r"[^.!?]{0,25}[:«\"“]\s*$",
    re.IGNORECASE,
)


def _is_read_out(source: str, start: int) -> bool:
    """« Sur la plaque, on lit : ICI FUT … »: copied as it is written there."""
    return _READ_OUT.search(source, max(0, start - 60), start) is not None


def _stripped(source: str) -> tuple[int, int]:
    start = len(source) - len(source.lstrip())
    return start, len(source.rstrip())


_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .·_-]{1,2}[^\W\d_])+(?!\w)")


def _spaced_letters(source: str) -> Iterator[tuple[int, int]]:
    """« O N S E F I C H E »: five letters or more, not in the order of the alphabet."""
    for run in _SPACED.finditer(source):
        letters = [c for c in run[0] if c.isalpha()]
        if len(letters) < 5 or not all(map(str.isupper, letters)):
            continue
        if all(ord(b) - ord(a) == 1 for a, b in pairwise(letters)):
            continue
        yield run.span()


_TWO_CAPITALS = re.compile("[A-ZÀ-Þ\u0100-\U0010ffff]{2}")
_CHANGES = re.compile(r"[A-ZÀ-Þ](?<=[a-zß-ÿ].)[a-zß-ÿ]")


def _alternating(source: str) -> Iterator[tuple[int, int]]:
    """« CoMmEnT »: words of six letters or more that change case nearly at each one."""
    if not _CHANGES.search(source) or sum(map(str.isupper, source)) < 5:
        return
    for word in _WORD.finditer(source):
        text = word[0]
        if len(text) < 6 or not text.isalpha() or text.istitle():
            continue
        if text.islower() or text.isupper():
            continue
        changes = sum(a.isupper() != b.isupper() for a, b in pairwise(text))
        if changes >= len(text) - 2:
            yield word.span()
