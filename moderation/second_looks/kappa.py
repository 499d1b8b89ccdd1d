"""How far two judgements of the same texts agree beyond chance."""

from dataclasses import dataclass
from math import sqrt

from moderation.intervals import wilson

_Z = 1.959964  # 95 % of a normal law lie within
ENOUGH = 20
"""Texts below which a kappa, or a person's figures, would tell chance alone."""
_NONE = 1e-12  # a variance that is zero but for rounding


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many texts the first judged so and the second so, « yes » or « no » each."""

    both: int = 0
    first_only: int = 0
    second_only: int = 0
    neither: int = 0

    @property
    def count(self) -> int:
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def enough(self) -> bool:
        return self.count >= ENOUGH

    @property
    def first(self) -> int:
        return self.both + self.first_only

    @property
    def second(self) -> int:
        return self.both + self.second_only

    @property
    def agreed(self) -> int:
        return self.both + self.neither

    @property
    def share(self) -> float | None:
        """The share they agreed on, 0 to 1; None for no text."""
        return self.agreed / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share is to be found, in 95 cases of 100."""
        return wilson(self.agreed, self.count) if self.count else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: 1 for the same judgements, 0 for what chance would give.

        None where one of the two always said the same: there is nothing to measure.
        J. Cohen, « A coefficient of agreement for nominal scales », Educational and
        Psychological Measurement 20, 1960: https://doi.org/10.1177/001316446002000104
        """
        if not (0 < self.first < self.count and 0 < self.second < self.count):
            return None
        by_chance = self._by_chance
        return (self.agreed / self.count - by_chance) / (1 - by_chance)

    @property
    def kappa_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of kappa, within -1 and 1.

        None without a kappa, and for judgements all alike or all opposed: the formula
        then knows no error, however few they are. Fleiss, Cohen and Everitt, « Large
        sample standard errors of kappa and weighted kappa », Psychological Bulletin
        72, 1969, equation 13: https://doi.org/10.1037/h0028106
        """
        kappa = self.kappa
        if kappa is None:
            return None
        count = self.count
        first, second = self.first / count, self.second / count
        left = 1 - kappa
        alike = (
            self.both / count * (1 - (first + second) * left) ** 2
            + self.neither / count * (1 - (2 - first - second) * left) ** 2
        )
        # p_ij (p_.i + p_j.)^2: the second's share of i, the first's share of j
        unlike = left**2 * (
            self.first_only / count * (second + 1 - first) ** 2
            + self.second_only / count * (1 - second + first) ** 2
        )
        middle = (kappa - self._by_chance * left) ** 2
        variance = (alike + unlike - middle) / (count * (1 - self._by_chance) ** 2)
        if variance <= _NONE:
            return None
        error = _Z * sqrt(variance)
        return max(-1.0, kappa - error), min(1.0, kappa + error)

    @property
    def _by_chance(self) -> float:
        """The share on which two who judge alike often, but independently, agree."""
        first, second = self.first / self.count, self.second / self.count
        return first * second + (1 - first) * (1 - second)
