"""Putting numbered pieces in order as an editor asked for it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Wish(Generic[Key]):
    """One piece: the rank it had on the screen and the rank its editor wants.

    ``had`` is None for a new piece, ``wanted`` is None for « at the end ».
    """

    key: Key
    had: int | None
    wanted: int | None

    @property
    def rests(self) -> bool:
        """Whether nobody asked this piece to move."""
        return self.wanted is not None and self.wanted == self.had


def in_wished_order(wishes: Iterable[Wish[Key]]) -> list[Key]:
    """Return the keys in order: what moved or is new first takes the rank it wants.

    What nobody touched keeps its own order in the places left, so that a swap, an
    insertion in the middle and a move do what the screen shows. Two pieces that want
    one rank stand there in the order given.
    """
    wishes = list(wishes)
    screen = sorted(wish.had for wish in wishes if wish.had is not None)
    resting = [wish for wish in wishes if wish.rests]
    moved: list[tuple[int, Key]] = []
    at_end: list[Key] = []
    for wish in sorted((w for w in wishes if not w.rests), key=_wanted):
        rank = sum(1 for had in screen if had < _wanted(wish))
        if rank < len(screen):
            moved.append((rank, wish.key))
        else:
            at_end.append(wish.key)
    places: list[Key | None] = [None] * (len(moved) + len(resting))
    for rank, key in moved:
        free = [place for place, taker in enumerate(places) if taker is None]
        places[next((place for place in free if place >= rank), free[-1])] = key
    remaining = iter(sorted(resting, key=_wanted))
    placed = [next(remaining).key if key is None else key for key in places]
    return placed + at_end


def _wanted(wish: Wish[Any]) -> float:
    return inf if wish.wanted is None else wish.wanted
