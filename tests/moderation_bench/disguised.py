"""Recall of disguised insults, and false alarms on innocent words disguised alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from moderation.engine import screen
from moderation.rules.match import Match
from tests.moderation_bench.evasions import Evasion, disguise
from tests.moderation_bench.evasions.easy import COMPOSED, EASY, SET_OFF
from tests.moderation_bench.evasions.exotic import EXOTIC
from tests.moderation_bench.flags import flags
from tests.moderation_bench.report import Block, Error, Figure, described
from tests.moderation_bench.scores import Score, overlap, ratio
from tests.moderation_bench.tables import Insult, innocent_words, insults

LEVELS: dict[str, tuple[dict[str, Evasion], float | None]] = {
    "easy": (EASY, 0.98),
    "composed": (COMPOSED, 0.96),
    "exotic": (EXOTIC, 0.45),
    "set off": (SET_OFF, None),
}
INSULT_FRAMES = ("Tu n’es qu’{} {}, voilà.", "Ce journaliste est {} {}.")
PLURAL_FRAMES = ("Vous n’êtes que {} {}, voilà.", "Ces journalistes sont {} {}.")
ELIDED_FRAMES = ("Quelle espèce {1} !", "Vous êtes une belle bande {1}.")
INNOCENT_FRAMES = (
    "Il a parlé de {} hier soir.",
    "C’est un {} comme les autres, non ?",
)


@dataclass(slots=True)
class _Trials:
    """Disguised insults tried so far: what was found, and in which block to say so."""

    block: Block
    known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def run(self, name: str, tries: Iterator[tuple[str, str, str, str]]) -> list[Score]:
        """Scores over all ``(word, frame, article, form)``, and over those of the
        words that the rules know undisguised."""
        every, known = Score(), Score()
        for word, frame, article, form in tries:
            text = frame.format(article, form)
            place = (text.index(form), text.index(form) + len(form))
            matches = _verbal(text)
            hit = any(overlap((m.start, m.end), place) for m in matches)
            every.add(wanted=True, found=hit)
            if name == "as it is":
                self.known[word, frame] = hit
            if self.known.get((word, frame), self.known[word, INSULT_FRAMES[0]]):
                known.add(wanted=True, found=hit)
            if not hit:
                found = tuple(map(described, matches))
                error = Error(name, "missed", "insult", text, (word,), found)
                self.block.errors.append(error)
        return [every, known]


def _verbal(text: str) -> list[Match]:
    """Matches other than shouting: « conceeeert » shouts, whatever it says."""
    return [m for c, m in flags(screen(text).matches) if c != "shouting"]


def disguised_insults() -> Block:
    """Recall of each evasion, then of its level."""
    block = Block("evasion: recall of disguised insults")
    trials, table = _Trials(block), insults()
    plain, _ = trials.run("as it is", _disguised("as it is", lambda w, _: w, table))
    plural, _ = trials.run("plural", _inflected(table, plural=True))
    other, _ = trials.run("other gender", _inflected(table, plural=False))
    block.figures += [
        _figure("as it is", plain),
        _figure("plural", plural),
        _figure("other gender", other),
    ]
    for level, (evasions, target) in LEVELS.items():
        total, total_known = Score(), Score()
        own = []
        for name, evasion in evasions.items():
            title = f"{level}: {name}"
            every, known = trials.run(title, _disguised(title, evasion, table))
            total += every
            total_known += known
            own.append(_figure(f"  {name}", every))
        block.figures.append(_figure(f"{level}, all", total, target))
        block.figures.append(_figure(f"{level}, words caught as they are", total_known))
        block.figures += own
    return block


def _disguised(
    name: str, evasion: Evasion, table: list[Insult]
) -> Iterator[tuple[str, str, str, str]]:
    frames = ELIDED_FRAMES if "elision" in name else INSULT_FRAMES
    for insult in table:
        form = insult.word
        if name != "as it is":
            made = disguise(name, evasion, insult.word)
            if made is None:
                continue
            form = made
        for frame in frames:
            yield insult.word, frame, insult.article, form


def _inflected(
    table: list[Insult], *, plural: bool
) -> Iterator[tuple[str, str, str, str]]:
    for insult in table:
        form = insult.plural if plural else insult.other_gender
        other = "une" if insult.article == "un" else "un"
        article, frames = ("des", PLURAL_FRAMES) if plural else (other, INSULT_FRAMES)
        for frame in frames if form else ():
            yield insult.word, frame, article, form or ""


def _figure(name: str, score: Score, target: float | None = None) -> Figure:
    counted = f"{score.hits} of {score.hits + score.missed}"
    return Figure(name, score.recall, "R", target, detail=counted)


def innocent_disguises(word: str) -> Iterator[tuple[str, str, str]]:
    """Each evasion that applies to ``word``: its level, its name, what it makes."""
    yield "as it is", "", word
    for level, (evasions, _) in LEVELS.items():
        for name, evasion in evasions.items():
            made = disguise(f"{level}: {name}", evasion, word)
            if made is not None:
                yield level, name, made


def disguised_innocents() -> Block:
    """The share of disguised innocent words that an insult or an epithet is seen in."""
    block = Block("evasion: innocent words disguised alike, share flagged")
    by_level = {level: Score() for level in ("as it is", *LEVELS)}
    by_name: dict[str, Score] = {}
    flagged: dict[str, set[str]] = {}
    for word in innocent_words():
        for level, name, made in innocent_disguises(word):
            for frame in INNOCENT_FRAMES:
                text = frame.format(made)
                matches = _verbal(text)
                by_level[level].add(wanted=False, found=bool(matches))
                title = f"{level}: {name}".removesuffix(": ")
                score = by_name.setdefault(title, Score())
                score.add(wanted=False, found=bool(matches))
                if matches:
                    flagged.setdefault(level, set()).add(word)
                    found = tuple(map(described, matches))
                    block.errors.append(
                        Error(title, "false alarm", "insult", text, (word,), found)
                    )
    of_target = [level for level, (_, target) in LEVELS.items() if target]
    total = sum((by_level[level] for level in of_target), start=Score())
    block.figures.append(
        _share("innocent words, " + " + ".join(of_target), total, 0.005)
    )
    block.figures += [_share(level, score) for level, score in by_level.items()]
    block.figures += [
        _share(f"  {name}", score)
        for name, score in by_name.items()
        if score.false_alarms
    ]
    block.notes += [
        f"flagged, {level}: {', '.join(sorted(words))}"
        for level, words in flagged.items()
    ]
    return block


def _share(name: str, score: Score, target: float | None = None) -> Figure:
    return Figure(
        name,
        ratio(score.false_alarms, score.count),
        "%",
        target,
        at_most=True,
        detail=f"{score.false_alarms} of {score.count}",
    )
