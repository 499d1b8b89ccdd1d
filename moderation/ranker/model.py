"""A fitted model and its file: logistic regression over hashed character sequences."""

from __future__ import annotations

import json
import math
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from moderation.ranker.features import BUCKETS, LONGEST, SHORTEST, features

if TYPE_CHECKING:
    from numpy import float32, float64, int32
    from numpy.typing import NDArray

    Row = tuple[NDArray[int32], NDArray[float64]]

FORMAT = 1  # raised when the file or what a feature is changes
MOST_BYTES = 2**24  # of one array in a file; BUCKETS weights take 2**17

# Of FTRL-Proximal, in the paper's words; the L2 strength is of each weight, not the mean
ALPHA, BETA, LAMBDA_2 = 0.5, 1.0, 1.0
EPOCHS = 5
SEED = 20260301

Facts = dict[str, int | float | str]


class UnreadableRanker(ValueError):
    """A file that is no model, not a whole one, or of another version; says which."""


@dataclass(frozen=True, slots=True)
class Model:
    """``weights``: one a bucket, then the bias. ``facts``: what it was trained on."""

    weights: NDArray[float32]
    facts: Facts

    def score(self, text: str) -> float:
        """How much ``text`` looks like those that moderators hid, from 0 to 1.

        Good for putting texts in order; not a probability.
        """
        return self.score_of(encode(text, len(self.weights) - 1))

    def score_of(self, row: Row) -> float:
        """The same of a text that is encoded already."""
        buckets, values = row
        return _logistic(float(self.weights[buckets] @ values))


def encode(text: str, buckets: int = BUCKETS) -> Row:
    """The features of ``text`` and the bias, (buckets, values): a tenth of a dict."""
    import numpy as np

    vector = features(text, buckets)
    size = len(vector) + 1
    return (
        np.fromiter((*vector, buckets), np.int32, size),
        np.fromiter((*vector.values(), 1.0), np.float64, size),
    )


def fit(rows: Sequence[Row], labels: Sequence[bool], facts: Facts) -> Model:
    """Learn to tell the rows whose label is true; both labels must occur.

    FTRL-Proximal (McMahan et al. 2013, "Ad Click Prediction: a View from the
    Trenches", algorithm 1) without L1, several times over the examples in a seeded
    order. Both classes count alike however rare one is.
    """
    import numpy as np

    hidden = sum(labels)
    importance = {
        True: len(labels) / (2 * hidden),
        False: len(labels) / (2 * (len(labels) - hidden)),
    }
    z, n = np.zeros(BUCKETS + 1), np.zeros(BUCKETS + 1)
    order = list(range(len(rows)))
    shuffle = random.Random(SEED).shuffle  # noqa: S311 - an order, not a secret
    for _epoch in range(EPOCHS):
        shuffle(order)
        for at in order:
            (buckets, values), label = rows[at], labels[at]
            z_here, n_here = z[buckets], n[buckets]
            weights = -z_here / ((BETA + np.sqrt(n_here)) / ALPHA + LAMBDA_2)
            error = _logistic(float(weights @ values)) - label
            gradient = error * importance[label] * values
            grown = n_here + gradient**2
            z[buckets] += (
                gradient - (np.sqrt(grown) - np.sqrt(n_here)) / ALPHA * weights
            )
            n[buckets] = grown
    weights = -z / ((BETA + np.sqrt(n)) / ALPHA + LAMBDA_2)
    return Model(weights.astype(np.float32), facts)


def save(model: Model) -> bytes:
    """``model`` as an .npz file: its weights, and beside them what they mean."""
    import numpy as np

    about = {
        "format": FORMAT,
        "buckets": len(model.weights) - 1,
        "shortest": SHORTEST,
        "longest": LONGEST,
        "facts": model.facts,
    }
    out = BytesIO()
    text = np.array(json.dumps(about, ensure_ascii=True))
    np.savez_compressed(out, about=text, weights=model.weights)
    return out.getvalue()


def load(data: bytes) -> Model:
    """The model in ``data``, a file's content. Nothing in it can run code.

    Raises UnreadableRanker whatever else ``data`` holds.
    """
    import numpy as np

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            # numpy would believe whatever size a part claims
            if any(part.file_size > MOST_BYTES for part in archive.infolist()):
                raise UnreadableRanker("the file holds something too large")
        with np.load(BytesIO(data), allow_pickle=False) as parts:
            about = json.loads(str(parts["about"]))
            _check_version(about)
            weights = parts["weights"]
        expected = (about["buckets"] + 1,)
        facts = dict(about["facts"])
    except UnreadableRanker:
        raise
    except Exception as error:
        # Of bytes that come from anywhere, zipfile and numpy raise almost anything
        raise UnreadableRanker("the file is damaged or is no model") from error
    if weights.dtype != np.float32 or weights.shape != expected:
        raise UnreadableRanker("the file's weights are not those it announces")
    if not np.isfinite(weights).all():
        raise UnreadableRanker("the file's weights are not all numbers")
    return Model(weights, facts)


def _check_version(about: Any) -> None:
    known = {"format": FORMAT, "shortest": SHORTEST, "longest": LONGEST}
    if {name: about.get(name) for name in known} != known:
        raise UnreadableRanker(
            f"the file has format {about.get('format')!r}, this version reads {FORMAT}"
        )


def _logistic(x: float) -> float:
    """1 / (1 + e^-x), however large x is on either side."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    grown = math.exp(x)
    return grown / (1 + grown)
