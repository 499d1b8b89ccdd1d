"""How good an order is: of texts whose label is known, are those hidden on top?

Equal scores count as every order among them would on average.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

TOP = 0.1
"""The share of the queue that moderators read first."""


@dataclass(frozen=True, slots=True)
class Measures:
    """``auc``: how often a hidden text stands above a published one (0.5 is chance).
    ``average_precision``: the share of hidden texts down to each hidden one, averaged.
    ``top``: the share of hidden texts among the first tenth. Chance gives both last
    ones the share of hidden texts among all."""

    auc: float
    average_precision: float
    top: float


def measure(scores: Sequence[float], labels: Sequence[bool]) -> Measures:
    """Measures of the order that ``scores`` make, the highest first.

    Raises ValueError unless both labels occur.
    """
    total, positives = len(labels), sum(labels)
    if not 0 < positives < total:
        raise ValueError("both labels must occur")
    top_size = top_count(total)
    above, hits = 0, 0  # texts, and hidden ones, with a higher score
    pairs, precision, in_top = 0.0, 0.0, 0.0
    for size, found in _tied(scores, labels):
        negatives_above = above - hits
        negatives = size - found
        negatives_below = total - positives - negatives_above - negatives
        pairs += found * (negatives_below + negatives / 2)
        in_top += found * min(size, max(0, top_size - above)) / size
        above, hits = above + size, hits + found
        precision += found * hits / above
    return Measures(
        auc=pairs / (positives * (total - positives)),
        average_precision=precision / positives,
        top=in_top / top_size,
    )


def at_random(labels: Sequence[bool]) -> Measures:
    """What a random order gives, on average."""
    share = sum(labels) / len(labels)
    return Measures(auc=0.5, average_precision=share, top=share)


def top_count(total: int) -> int:
    """How many texts are a tenth of ``total``, at least one."""
    return max(1, math.ceil(total * TOP))


def _tied(scores: Iterable[float], labels: Iterable[bool]) -> Iterable[tuple[int, int]]:
    """(texts, hidden ones) for each score, the highest first."""
    ranked = sorted(zip(scores, labels, strict=True), key=lambda row: -row[0])
    for _score, rows in groupby(ranked, key=lambda row: row[0]):
        same = [label for _, label in rows]
        yield len(same), sum(same)
