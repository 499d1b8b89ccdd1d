"""Recall of disguised insults, and false alarms on innocent words disguised alike."""

from collections.abc import Iterator

from moderation.engine import screen
from moderation.rules.match import Match
from tests.moderation_bench.evasions import Evasion, disguise
from tests.moderation_bench.evasions.easy import COMPOSED, EASY
from tests.moderation_bench.evasions.exotic import EXOTIC
from tests.moderation_bench.flags import flags
from tests.moderation_bench.report import Block, Error, Figure, described
from tests.moderation_bench.scores import Score, overlap, ratio
from tests.moderation_bench.tables import Insult, innocent_words, insults

LEVELS = {
    "easy": (EASY, 0.98),
    "composed": (COMPOSED, 0.96),
    "exotic": (EXOTIC, 0.45),
}
INSULT_FRAMES = ("Tu n’es qu’{} {}, voilà.", "Ce journaliste est {} {}.")
INNOCENT_FRAMES = (
    "Il a parlé de {} hier soir.",
    "C’est un {} comme les autres, non ?",
)
_PLAIN: dict[str, Evasion] = {"as it is": lambda word, _: word}


def disguised_insults() -> Block:
    """Recall of each evasion, then of its level."""
    block = Block("evasion: recall of disguised insults")
    table = insults()
    plain, _ = _recall("as it is", _PLAIN["as it is"], table, block)
    block.figures.append(_figure("as it is", plain))
    for name, forms in (
        ("plural", [(i, i.plural) for i in table]),
        ("feminine or masculine", [(i, i.other_gender) for i in table]),
    ):
        score = Score()
        for insult, form in forms:
            if form:
                article = "des" if name == "plural" else _other(insult.article)
                _try(insult, f"{article} {form}", form, name, score, block)
        block.figures.append(_figure(name, score))
    for level, (evasions, target) in LEVELS.items():
        total = Score()
        own = []
        for name, evasion in evasions.items():
            score, _ = _recall(f"{level}: {name}", evasion, table, block)
            total.hits += score.hits
            total.missed += score.missed
            own.append(_figure(f"  {name}", score))
        block.figures.append(_figure(f"{level}, all", total, target))
        block.figures += own
    return block


def _figure(name: str, score: Score, target: float | None = None) -> Figure:
    counted = f"{score.hits} of {score.hits + score.missed}"
    return Figure(name, score.recall, "R", target, detail=counted)


def _other(article: str) -> str:
    return "une" if article == "un" else "un"


def _recall(
    name: str, evasion: Evasion, table: list[Insult], block: Block
) -> tuple[Score, int]:
    score, tried = Score(), 0
    for insult in table:
        made = (
            insult.word if name == "as it is" else disguise(name, evasion, insult.word)
        )
        if made is None:
            continue
        tried += 1
        _try(insult, f"{insult.article} {made}", made, name, score, block)
    return score, tried


def _try(
    insult: Insult, phrase: str, made: str, name: str, score: Score, block: Block
) -> None:
    article, rest = phrase.split(" ", 1)
    for frame in INSULT_FRAMES:
        text = frame.format(article, rest)
        start = text.index(made)
        matches = [m for c, m in flags(screen(text).matches) if c != "shouting"]
        hit = any(
            overlap((m.start, m.end), (start, start + len(made))) for m in matches
        )
        score.add(wanted=True, found=hit)
        if not hit:
            block.errors.append(
                Error(name, "missed", "insult", text, (insult.word,), _all(matches))
            )


def _all(matches: list[Match]) -> tuple[str, ...]:
    return tuple(described(match) for match in matches)


def innocent_disguises(word: str) -> Iterator[tuple[str, str]]:
    """Each evasion that applies to ``word``, with what it makes."""
    yield "as it is", word
    for level, (evasions, _) in LEVELS.items():
        for name, evasion in evasions.items():
            made = disguise(f"{level}: {name}", evasion, word)
            if made is not None:
                yield f"{level}: {name}", made


def disguised_innocents() -> Block:
    """The share of disguised innocent words that an insult or an epithet is seen in.

    Shouting is left out: « conceeeeert » shouts, whatever it says.
    """
    block = Block("evasion: innocent words disguised alike, share flagged")
    counts: dict[str, Score] = {}
    for word in innocent_words():
        for name, made in innocent_disguises(word):
            for frame in INNOCENT_FRAMES:
                text = frame.format(made)
                matches = [m for c, m in flags(screen(text).matches) if c != "shouting"]
                score = counts.setdefault(name, Score())
                score.add(wanted=False, found=bool(matches))
                if matches:
                    error = Error(
                        name, "false alarm", "insult", text, (word,), _all(matches)
                    )
                    block.errors.append(error)
    flagged = sum(score.false_alarms for score in counts.values())
    tried = sum(score.count for score in counts.values())
    block.figures.append(
        Figure(
            "innocent words, all",
            ratio(flagged, tried),
            "%",
            0.005,
            at_most=True,
            detail=f"{flagged} of {tried}",
        )
    )
    for name, score in counts.items():
        if score.false_alarms:
            share = ratio(score.false_alarms, score.count)
            counted = f"{score.false_alarms} of {score.count}"
            block.figures.append(Figure(f"  {name}", share, "%", detail=counted))
    return block
