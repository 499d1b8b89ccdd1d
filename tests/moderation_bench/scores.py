"""Precision, recall and F1 over counts of right and wrong answers."""

from dataclasses import dataclass


@dataclass(slots=True)
class Score:
    """Counts of one yes-or-no question over many texts; ratios lie in 0 … 1.

    A ratio over nothing is None: there was nothing to find, or nothing was found.
    """

    hits: int = 0
    false_alarms: int = 0
    missed: int = 0
    quiet: int = 0

    def add(self, *, wanted: bool, found: bool) -> None:
        """Count one text."""
        if wanted:
            self.hits += found
            self.missed += not found
        else:
            self.false_alarms += found
            self.quiet += not found

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.missed + other.missed,
            self.quiet + other.quiet,
        )

    @property
    def count(self) -> int:
        """How many texts were counted."""
        return self.hits + self.false_alarms + self.missed + self.quiet

    @property
    def precision(self) -> float | None:
        """The share of the found that was wanted."""
        return ratio(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float | None:
        """The share of the wanted that was found."""
        return ratio(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return ratio(2 * self.hits, 2 * self.hits + self.false_alarms + self.missed)


def ratio(part: int, whole: int) -> float | None:
    """``part / whole``, or None over nothing."""
    return part / whole if whole else None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]
