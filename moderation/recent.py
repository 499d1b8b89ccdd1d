"""Figures that may be some seconds old, kept by each process."""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

Value = TypeVar("Value")

_kept: dict[str, tuple[float, Any]] = {}


def recent(name: str, make: Callable[[], Value], *, seconds: int) -> Value:
    """What ``make`` gave ``seconds`` ago at most, in this process: not to be changed.

    In memory as it is: a cache would copy it at each look.
    """
    until, value = _kept.get(name, (0.0, None))
    if monotonic() >= until:
        value = make()
        _kept[name] = monotonic() + seconds, value
    return value  # type: ignore[no-any-return]


def forget() -> None:
    """Make every figure anew at the next look."""
    _kept.clear()
