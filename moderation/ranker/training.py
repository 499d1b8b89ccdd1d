"""From labelled texts to a model, and how well it would have done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from moderation.engine import Engine, default_engine
from moderation.ranker.evaluation import Measures, at_random, measure
from moderation.ranker.model import Facts, Model, encode, fit

MINIMUM = 500
"""Below, the newest fifth is fewer than a hundred texts and their top tenth fewer than
ten: one comment more or less would change what the editor is told by 10 %."""
HELD_BACK = 0.2  # the newest, to measure by


class Example(NamedTuple):
    """A text that was judged. ``hidden`` or published, at ``when``: whatever sorts."""

    text: str
    hidden: bool
    when: Any


class TooFewExamples(ValueError):
    """Fewer texts than are needed to learn something: ``found`` of ``minimum``."""

    def __init__(self, found: int, minimum: int) -> None:
        super().__init__(f"{found} examples, {minimum} are needed")
        self.found, self.minimum = found, minimum


class OneSidedExamples(ValueError):
    """The older or the newer part holds hidden texts only, or none."""


@dataclass(frozen=True, slots=True)
class Training:
    """A model and what it is worth.

    The measures are those of a model that saw the oldest four fifths only, over the
    ``tested`` newest; ``model`` itself then learned from all ``used`` of them.
    ``random`` and ``flags`` are the same measures of a random order and of the order
    by number and severity of what the rules flag today.
    """

    model: Model
    used: int
    share_hidden: float
    tested: int
    ranker: Measures
    random: Measures
    flags: Measures


def train(
    examples: Iterable[tuple[str, bool, Any]],
    *,
    minimum: int = MINIMUM,
    engine: Engine | None = None,
) -> Training:
    """Learn from ``examples``, (text, hidden, when), and measure on the newest.

    Raises TooFewExamples or OneSidedExamples.
    """
    known = sorted((Example(*e) for e in examples), key=lambda example: example.when)
    if len(known) < max(minimum, 2):
        raise TooFewExamples(len(known), max(minimum, 2))
    labels = [bool(example.hidden) for example in known]
    cut = len(known) - max(1, round(len(known) * HELD_BACK))
    if len(set(labels[:cut])) < 2 or len(set(labels[cut:])) < 2:
        raise OneSidedExamples("both labels must occur before and after the cut")
    rows = [encode(example.text) for example in known]
    newest = labels[cut:]
    earlier = fit(rows[:cut], labels[:cut], {})
    by_ranker = measure([earlier.score_of(row) for row in rows[cut:]], newest)
    by_flags = measure(
        flag_weights([example.text for example in known[cut:]], engine), newest
    )
    share = sum(labels) / len(labels)
    facts: Facts = {
        "examples": len(known),
        "share_hidden": share,
        "oldest": str(known[0].when),
        "newest": str(known[-1].when),
        "auc": by_ranker.auc,
        "tested": len(newest),
    }
    return Training(
        model=fit(rows, labels, facts),
        used=len(known),
        share_hidden=share,
        tested=len(newest),
        ranker=by_ranker,
        random=at_random(newest),
        flags=by_flags,
    )


def flag_weights(texts: Sequence[str], engine: Engine | None = None) -> list[float]:
    """How many flags the rules raise on each text, a grave one counting for three."""
    engine = engine or default_engine()
    return [
        float(sum(1 + match.severity.rank for match in engine.screen(text).matches))
        for text in texts
    ]
