"""How often the rules are right: labelled comments, clean sentences, names."""

from collections.abc import Callable, Sequence

from moderation.engine import screen
from moderation.rules.match import Match
from tests.moderation_bench.flags import (
    CATEGORIES,
    flags,
    without_hints,
    without_punctuation,
)
from tests.moderation_bench.report import Block, Error, Figure, described
from tests.moderation_bench.scores import Score, overlap, ratio
from tests.moderation_bench.tables import (
    UPSTREAM,
    Row,
    challenge_rows,
    names,
    own_comments,
    relabelled_rows,
    shared_rows,
)

CHALLENGE = (
    *("epithets", "insults", "shouting", "clean"),
    *("second_epithets", "second_insults", "third_epithets"),
    *(f"mixed_{number}" for number in range(1, 9)),
)
ANY_TARGETS = {"F1": 0.85, "P": 0.90, "R": 0.80}
F1_TARGETS = {"epithet": 0.92, "insult": 0.90, "shouting": 0.98}
Found = list[tuple[str, Match]]
READINGS: dict[str, Callable[[Found], Found]] = {
    "any": lambda found: found,
    "any, without low-severity hints": without_hints,
    "any, without runs of ! and ?": without_punctuation,
}
NEUTRAL_FRAMES = (
    "{}",
    "La réunion de {} aura lieu mardi à dix heures.",
    "On a beaucoup parlé de {} hier soir à la radio.",
    "D’après nos lecteurs, {} mérite le détour.",
)
PLACE_FRAMES = (*NEUTRAL_FRAMES, "Le maire de {} a voté le budget.")
SURNAME_FRAMES = (*NEUTRAL_FRAMES, "M. {} et Mme {} ont répondu à nos questions.")


def labelled(title: str, rows: Sequence[Row], *, targets: bool) -> Block:
    """Precision, recall and F1 on rows whose spans and categories are the task.

    Rows that offend but have no span tell nothing of categories.
    """
    block = Block(f"{title} ({len(rows)} rows)")
    scores = {name: Score() for name in (*READINGS, *CATEGORIES)}
    beside = Score()
    for row in rows:
        found = flags(screen(row.text).matches)
        for name, reading in READINGS.items():
            scores[name].add(wanted=row.label, found=bool(reading(found)))
        kinds = {category for category, _ in found}
        for category in CATEGORIES if row.spans or not row.label else ():
            wanted, here = category in row.categories, category in kinds
            scores[category].add(wanted=wanted, found=here)
            if wanted != here:
                block.errors.append(_error(title, category, row, found, wanted))
        _count_overlaps(title, row, found, beside, block)
    for name in READINGS:
        block.figures += score_figures(
            name, scores[name], ANY_TARGETS if targets and name == "any" else {}
        )
    for name in CATEGORIES:
        if not scores[name].hits + scores[name].missed:
            continue  # nothing of that category to find here
        target = {"F1": F1_TARGETS[name]} if targets else {}
        block.figures += score_figures(name, scores[name], target)
    total = beside.hits + beside.missed
    block.figures.append(
        Figure(
            "flags that overlap a labelled span",
            ratio(beside.hits, total),
            target=0.97 if targets else None,
            detail=f"{beside.hits} of {total} flags on rows with spans",
        )
    )
    return block


def _count_overlaps(
    title: str, row: Row, found: Found, beside: Score, block: Block
) -> None:
    for category, match in found if row.spans else ():
        place = (match.start, match.end)
        on_it = any(overlap(place, (start, end)) for start, end, _ in row.spans)
        beside.add(wanted=True, found=on_it)
        if not on_it:
            error = _error(title, category, row, [(category, match)], wanted=True)
            block.errors.append(
                Error(
                    error.measure,
                    "elsewhere",
                    category,
                    row.text,
                    error.wanted,
                    error.found,
                )
            )


def _error(measure: str, category: str, row: Row, found: Found, wanted: bool) -> Error:
    return Error(
        measure,
        "missed" if wanted else "false alarm",
        category,
        row.text,
        tuple(f"{kind} « {row.text[start:end]} »" for start, end, kind in row.spans),
        tuple(described(match) for _, match in found),
    )


def score_figures(name: str, score: Score, targets: dict[str, float]) -> list[Figure]:
    """F1, precision and recall of one score."""
    counts = f"{score.hits} right, {score.false_alarms} false, {score.missed} missed"
    values = {"F1": score.f1, "P": score.precision, "R": score.recall}
    return [
        Figure(
            f"{name}: {short}",
            value,
            target=targets.get(short),
            detail=counts if short == "F1" else "",
        )
        for short, value in values.items()
    ]


def upstream() -> Block:
    """The rules against labels of toxicity, which are another task."""
    block = Block("upstream labels (toxicity, not this task)")
    for name in UPSTREAM:
        score = Score()
        for row in shared_rows(name):
            found = flags(screen(row.text).matches)
            score.add(wanted=row.label, found=bool(found))
            if bool(found) != row.label:
                block.errors.append(_error(name, "any", row, found, row.label))
        block.figures += score_figures(name, score, {})
    return block


def accuracy() -> list[Block]:
    """Every block of labelled comments whose rows are there."""
    blocks = [labelled("project's own comments", own_comments(), targets=True)]
    for title, rows in (
        *((f"challenge: {name}", challenge_rows(name)) for name in CHALLENGE),
        ("comments_dev", shared_rows("comments_dev")),
        ("relabelled real comments", relabelled_rows()),
    ):
        if rows:
            blocks.append(labelled(title, rows, targets=True))
    if shared_rows(UPSTREAM[0]):
        blocks.append(upstream())
    return blocks


def clean() -> Block:
    """Clean sentences by kind, then places and surnames in neutral sentences."""
    block = Block("clean sentences and names: share flagged")
    rows = shared_rows("clean_fr")
    texts = {"clean_fr, all": [row.text for row in rows]}
    for row in rows:
        texts.setdefault(f"clean_fr, {row.kind}", []).append(row.text)
    for file, frames in (
        ("places.txt", PLACE_FRAMES),
        ("surnames.txt", SURNAME_FRAMES),
    ):
        for frame in frames:
            texts[f"{file}: {frame}"] = [frame.replace("{}", n) for n in names(file)]
    for measure, sample in texts.items():
        block.figures.append(_share_flagged(measure, sample, block))
    block.figures.append(_share_with_any_match(rows, block))
    return block


def _share_flagged(measure: str, sample: list[str], block: Block) -> Figure:
    flagged = 0
    for text in sample:
        found = flags(screen(text).matches)
        flagged += bool(found)
        if found and measure != "clean_fr, all":
            row = Row(text, label=False, kind="clean")
            block.errors.append(_error(measure, found[0][0], row, found, wanted=False))
    target = {"clean_fr": 0.0005, "places.t": 0.0}.get(measure[:8])
    return Figure(
        measure[:44],
        ratio(flagged, len(sample)),
        "%",
        target,
        at_most=True,
        detail=f"{flagged} of {len(sample)}",
    )


def _share_with_any_match(rows: Sequence[Row], block: Block) -> Figure:
    """Clean sentences that any rule objects to: threats, links, languages and so on."""
    name, flagged = "clean_fr, any rule at all", 0
    for row in rows:
        found = screen(row.text).matches
        flagged += bool(found)
        if found:
            shown = tuple(map(described, found))
            block.errors.append(
                Error(name, "false alarm", str(found[0].category), row.text, (), shown)
            )
    counted = f"{flagged} of {len(rows)}"
    return Figure(name, ratio(flagged, len(rows)), "%", detail=counted)
