"""Numbers as people read them on the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format


@dataclass(frozen=True, slots=True)
class Bounded:
    """A count that stops somewhere: ``number`` is exact unless there are ``more``."""

    number: int
    more: bool = False

    @classmethod
    def of(cls, counted: int, *, bound: int) -> "Bounded":
        """What was ``counted``, up to ``bound`` + 1."""
        return cls(min(counted, bound), counted > bound)

    def __str__(self) -> str:
        """« 12 », or « 1 000+ » where counting stopped."""
        return f"{figure(self.number)}{'+' if self.more else ''}"

    def __bool__(self) -> bool:
        return self.number > 0


def figure(number: int) -> str:
    """``number`` with its thousands apart."""
    return str(number_format(number, force_grouping=True))


def figures(numbers: Mapping[str, int]) -> dict[str, str]:
    """{name: number as people read it}."""
    return {name: figure(number) for name, number in numbers.items()}
