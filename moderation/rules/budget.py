"""Time a text may cost: a rule that runs out of it is cut short, posting never is.

Processor time of the thread, so that a busy machine does not make a text look slow; what
Python's garbage collector takes of it is not the text's fault either.
"""

import gc
from collections.abc import Callable
from threading import local
from time import perf_counter, thread_time
from typing import Any

RULE_SECONDS = 0.050
TEXT_SECONDS = 0.105  # of the 200 ms a comment may cost: what is left ends its rules
UNASKED = 0.025  # wall time of a text before its processor time is asked for


class _Collections(local):
    """Seconds that garbage collections have taken in this thread."""

    seconds = 0.0
    started = 0.0


_collections = _Collections()


def _count_collection(phase: str, _info: dict[str, Any]) -> None:
    if phase == "start":
        _collections.started = thread_time()
    else:
        _collections.seconds += thread_time() - _collections.started


gc.callbacks.append(_count_collection)


def working_time() -> float:
    """Processor seconds of this thread, without garbage collections."""
    return thread_time() - _collections.seconds


class OutOfTime(Exception):
    """The rule at work has spent its time; what it found before is kept."""


class Deadline:
    """When the current rule must stop; the whole text has its own, later one.

    Asking for processor time is slow on some machines, so the wall clock is asked first:
    while that shows less than the allowance, so would the other. Most texts end before
    the processor clock is asked once; one that goes on is taken to have worked all the
    time until then. A rule's own allowance is counted in processor time from the moment
    its wall time has run out. Without ``wall`` the processor clock alone is asked.
    """

    def __init__(
        self,
        clock: Callable[[], float] = working_time,
        wall: Callable[[], float] | None = perf_counter,
    ) -> None:
        self._clock = clock
        self._wall = wall
        self._asked_from = 0.0 if wall is None else wall() + UNASKED
        self._text_ends = clock() + TEXT_SECONDS if wall is None else None
        self._allowance = RULE_SECONDS
        self._looks: float | None = None  # wall time from which to ask the clock
        self._ends: float | None = None

    def next_rule(self) -> None:
        """Give the next rule its time, from its first check on."""
        self._ends = self._looks = None
        self._allowance = RULE_SECONDS

    def whole_text(self) -> None:
        """What all rules share has the text's time, not one rule's."""
        self._ends = self._looks = None
        self._allowance = TEXT_SECONDS

    def check(self) -> None:
        """Raise OutOfTime if the current rule must stop."""
        if self._wall is not None:
            wall = self._wall()
            if self._looks is None:
                self._looks = wall + self._allowance
            if wall < self._asked_from:
                return
            if self._text_ends is None:
                self._text_ends = self._clock() + TEXT_SECONDS - UNASKED
            if wall < self._looks:
                return
        now = self._clock()
        assert self._text_ends is not None
        if self._ends is None:
            self._ends = min(now + self._allowance, self._text_ends)
        if now > self._ends:
            raise OutOfTime
