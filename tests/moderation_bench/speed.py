"""How fast the rules are on one core, how soon they start, what memory they hold.

Times of texts are processor time, so that a busy machine does not count against the
rules; of a long text the slowest of three runs. The start is time on the clock.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle

from moderation.engine import default_engine, screen
from tests.moderation_bench.report import Block, Figure
from tests.moderation_bench.tables import own_comments

COMMENTS = 4000
LETTERS = 300
LONG = 100_000
ROUNDS = 5
_START = """
import time
begun = time.perf_counter()
from moderation.engine import default_engine
default_engine()
print(time.perf_counter() - begun)
"""
_MEMORY = """
from pathlib import Path
{before}
fields = dict(l.split(":", 1) for l in Path("/proc/self/status").read_text().splitlines())
print(int(fields["VmRSS"].split()[0]) / 1024)
"""
_ENGINE = """
from moderation.engine import screen
screen("Un avis tout à fait poli, puis un connard.")
"""


def speed() -> Block:
    """Every figure of this page, on one core where the system allows it."""
    block = Block("speed and size, one core")
    with_affinity = hasattr(os, "sched_setaffinity")
    cores = os.sched_getaffinity(0) if with_affinity else set()
    if with_affinity:
        os.sched_setaffinity(0, {min(cores)})
    try:
        block.figures += _comments()
        block.figures += _long_texts()
        block.figures += _start_and_size()
    finally:
        if with_affinity:
            os.sched_setaffinity(0, cores)
    return block


def sample_comments() -> list[str]:
    """COMMENTS different texts of LETTERS characters: one clean, one mixed, in turn."""
    rows = own_comments()
    mixed = cycle(row.text for row in rows)
    clean = cycle(row.text for row in rows if not row.label)
    made = []
    for number in range(COMMENTS):
        text = f"{number}. "
        while len(text) < LETTERS:
            text += next(mixed if number % 2 else clean) + " "
        made.append(text[:LETTERS])
    return made


def _comments() -> Iterator[Figure]:
    default_engine()
    texts = sample_comments()
    times, flagged = [], 0
    for text in texts:
        begun = time.process_time()
        found = screen(text).matches
        times.append(time.process_time() - begun)
        flagged += bool(found)
    detail = f"{len(texts)} texts, {flagged} of them flagged"
    cuts = statistics.quantiles(times, n=100)
    yield Figure(
        "comments of 300 characters", len(texts) / sum(times), "/s", 3000, detail=detail
    )
    yield Figure("one comment, p50", cuts[49] * 1000, "ms")
    yield Figure("one comment, p99", cuts[98] * 1000, "ms", 5, at_most=True)


def long_texts() -> dict[str, str]:
    """Texts of LONG characters, of sorts that have slowed filters down."""
    clean = " ".join(row.text for row in own_comments() if not row.label)
    pieces = {
        "clean prose": clean + " ",
        "« connard » repeated": "connard ",
        "« connard » in one word": "connard",
        "one letter": "a",
        "« c o n » spaced": "c o n ",
        "exclamation marks": "!",
        "emoji": "😀🤬🇫🇷",
        "combining marks": "e\u0301\u0323\u0308",
        "digits and leet": "0c4nn4rd 0 ",
        "stars": "c*n* ",
        "capitals": "ON VEUT DU COURANT ",
    }
    return {name: _filled(piece) for name, piece in pieces.items()}


def _filled(piece: str) -> str:
    made = []
    for char in cycle(piece):
        made.append(char)
        if len(made) == LONG:
            break
    return "".join(made)


def _long_texts() -> Iterator[Figure]:
    for name, text in long_texts().items():
        times: list[float] = []
        unread: set[str] = set()
        for _ in range(3):
            begun = time.process_time()
            unread.update(screen(text).incomplete)
            times.append(time.process_time() - begun)
        yield Figure(
            f"100,000 characters: {name}",
            max(times) * 1000,
            "ms",
            200,
            at_most=True,
            detail=f"out of time: {', '.join(sorted(unread))}" if unread else "",
        )


def _start_and_size() -> Iterator[Figure]:
    start = statistics.median(_of_process(_START) for _ in range(ROUNDS))
    yield Figure("start: import and lexicon", start, "s", 0.5, at_most=True)
    bare = statistics.median(_of_process(_MEMORY.format(before="")) for _ in range(3))
    engine = statistics.median(
        _of_process(_MEMORY.format(before=_ENGINE)) for _ in range(3)
    )
    yield Figure("memory over a bare Python", engine - bare, "MB", 60, at_most=True)


def _of_process(code: str) -> float:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    return float(done.stdout)
