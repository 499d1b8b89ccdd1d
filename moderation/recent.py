"""Figures that may be some seconds old, kept by each process and renewed behind answers."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from django.db import connections

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
STALE = 60
"""A figure that many seconds past its time is made before it is shown."""
REST = 200
"""A figure rests this many times as long as it took to make: a large queue's, 250 ms of
counting, cost one thread half a percent of its time."""


@dataclass(slots=True)
class _Figure:
    value: Any
    make: Callable[[], Any]
    seconds: int
    made_at: float  # of the monotonic clock
    took: float  # seconds
    renewing: bool = False

    @property
    def late(self) -> float:
        """For how many seconds it should have been renewed; negative before."""
        return monotonic() - self.made_at - max(self.seconds, REST * self.took)


_kept: dict[str, _Figure] = {}
_renewals = ThreadPoolExecutor(max_workers=1, thread_name_prefix="figures")


def recent(name: str, make: Callable[[], Value], *, seconds: int) -> Value:
    """What ``make`` gave lately, in this process: not to be changed.

    Once it is ``seconds`` old, and has had its REST, it is renewed by another thread
    while the answer goes on with what is known; only one that is STALE, or not yet
    known, makes the answer wait. In memory as it is: a cache would copy it at each look.
    """
    figure = _kept.get(name)
    if figure is None or figure.late >= STALE:
        figure = _kept[name] = _made(make, seconds)
    elif figure.late >= 0:
        _renew_later(name, figure)
    return figure.value  # type: ignore[no-any-return]


def renew_old() -> None:
    """Have figures that have reached their age renewed, without waiting for them."""
    for name, figure in tuple(_kept.items()):
        if 0 <= figure.late < STALE:
            _renew_later(name, figure)


def forget() -> None:
    """Make every figure anew at the next look."""
    _kept.clear()


def _made(make: Callable[[], Any], seconds: int) -> _Figure:
    # Dated before it is read: what changes meanwhile is not in it
    made_at = monotonic()
    value = make()
    return _Figure(value, make, seconds, made_at, monotonic() - made_at)


def _renew_later(name: str, figure: _Figure) -> None:
    if not figure.renewing:
        figure.renewing = True
        _renewals.submit(_renew, name, figure)


def _renew(name: str, old: _Figure) -> None:
    try:
        new = _made(old.make, old.seconds)
    except Exception:
        # A lost database, say: the figure stays, and soon makes an answer wait for it
        logger.exception("the desk's figure %r could not be renewed", name)
        old.renewing = False
        return
    finally:
        connections.close_all()  # this thread's own
    if _kept.get(name) is old:  # not forgotten meanwhile
        _kept[name] = new
