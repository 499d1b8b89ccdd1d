"""The desk at scale: `make bench-desk` prints times and queries for each of its pages.

Each figure is taken in this process, on a database that is kept for the next run
(ARGS=--again makes it anew). `cpu` is processor time, here and in PostgreSQL: on a busy
machine it tells more than the clock. A machine that is shared may be twice as slow from
one second to the next: the same arithmetic is timed before and after each round, and
`full` is the p95 of the rounds where it took little more than the least ever, out of how
many.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.desk_bench import rows
from tests.run import find_postgresql, say

SIZES = {
    "PostgreSQL": rows.Size(comments=1_000_000, pending=100_000, flagged=20_000),
    "SQLite": rows.Size(comments=100_000, pending=10_000, flagged=2_000),
}
ROUNDS = 40
PAGE_LIMIT, COUNTS_LIMIT = 150, 20  # milliseconds at the 95th percentile
QUEUE, COUNTS = "/moderation/", "/moderation/comptes/"
FULL = 1.15
"""At full speed the arithmetic takes at most so many times the least it ever took."""
ENOUGH = 20  # rounds for a percentile
DEEP = 5000  # comments before a page far down


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    url: str
    limit: int = PAGE_LIMIT
    cold: bool = False


class SpeedClock:
    """Whether the machine runs at its full speed, as far as this run has seen it.

    ``spent`` is the processor time of finding out, in seconds.
    """

    def __init__(self) -> None:
        self.spent = 0.0
        self.best = min(self._loop() for _ in range(50))

    def is_full(self) -> bool:
        began = time.process_time()
        took = self._loop()
        self.best = min(self.best, took)
        self.spent += time.process_time() - began
        return took < FULL * self.best

    def _loop(self) -> float:
        """Seconds of a hundred thousand multiplications and sums."""
        began = time.perf_counter()
        total = 0
        for number in range(100_000):
            total += number * number
        return time.perf_counter() - began


def cases(deep: str, deep_everywhere: str, wave: str) -> Iterator[Case]:
    """What moderators do, with the addresses of pages far down, and a large group."""
    yield Case("the queue", QUEUE)
    yield Case("the queue, nothing kept", QUEUE, cold=True)
    yield Case("counts", COUNTS, limit=COUNTS_LIMIT)
    yield Case("counts, with what is new", f"{COUNTS}?vus=900000", limit=COUNTS_LIMIT)
    yield Case("group: a wave", f"{QUEUE}?groupe={wave}")
    yield Case("group: all of a wave", f"{QUEUE}?etat=tous&groupe={wave}")
    yield Case(f"the queue from {DEEP} on", deep)
    yield Case(f"every comment from {DEEP} on", deep_everywhere)
    queries = {
        "view: to review": "etat=attente",
        "view: flagged": "etat=signales",
        "view: mine": "etat=tous&par=moi",
        "view: all": "etat=tous",
        "state: hidden": "etat=masques",
        "article, busy": "article=1",
        "article, calm": "article=1990",
        "section": "rubrique=3",
        "category, common": "categorie=insult",
        "category, rare": "categorie=threat",
        "rule": "regle=contact",
        "severity": "gravite=high",
        "language, common": "langue=fr",
        "language, rare": "langue=ar",
        "author": "auteur=lecteur+499",
        "received since": f"depuis={rows.now():%Y-%m-%d}T00:00",
        "with a link": "lien=on",
        "new commenters": "nouveaux=3",
        "decided by": "par=3",
        "section, category, severity": "rubrique=3&categorie=insult&gravite=high",
        "article, author": "article=1&auteur=lecteur+4",
        "section, new commenters, link": "rubrique=3&nouveaux=9&lien=on",
        "all: language, rare": "etat=tous&langue=ar",
        "all: language, rarest": "etat=tous&langue=other",
        "all: category, rare": "etat=tous&categorie=threat",
        "all: section, severity": "etat=tous&rubrique=3&gravite=high",
        "all: decided by, hidden": "etat=masques&par=3",
    }
    for name, query in queries.items():
        yield Case(name, f"{QUEUE}?{query}")
    searches = {
        "rare word": rows.RARE,
        "common word": rows.COMMON,
        "two words": f"{rows.COMMON}+peuple",
        "phrase": f'"{rows.PHRASE}"'.replace(" ", "+"),
        "common word, rare category": f"{rows.COMMON}&categorie=threat",
    }
    for name, words in searches.items():
        yield Case(f"search: {name}", f"{QUEUE}?q={words}")
        yield Case(f"search all: {name}", f"{QUEUE}?etat=tous&q={words}")


def measure(engine: str, *, again: bool, rounds: int) -> int:
    """Fill the database if needed, measure, print; the number of cases too slow."""
    from django.db import connection

    import newsroom.wsgi  # noqa: F401 — as it is served
    from tests.desk_bench.filling import fill, is_filled

    size = SIZES[engine]
    keep = engine == "PostgreSQL" and not again
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, keepdb=keep, serialize=False
    )
    if not is_filled(size):
        say(f"   filling: {size}")
        began = time.perf_counter()
        fill(size)
        say(f"   filled in {time.perf_counter() - began:.0f} s")
    return _print_table(rounds)


def _print_table(rounds: int) -> int:
    from django.contrib.auth.models import User
    from django.test import Client

    from moderation.everywhere import comments_page
    from moderation.filters import QueueFilters
    from moderation.likeness.groups import large_groups
    from moderation.queue import queue_page

    moderator = User.objects.filter(groups__name="moderator").order_by("pk")[0]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(moderator)
    say(f"{'':36} {'p50':>8} {'p95':>8} {'cpu':>8} {'full':>8} {'out of':>9} queries")
    clock = SpeedClock()
    slow = 0
    down = queue_page(QueueFilters(), size=DEEP).next_after
    far = comments_page(QueueFilters(everywhere=True), size=DEEP).next_after
    deep = f"{QUEUE}?apres={down}", f"{QUEUE}?etat=tous&apres={far}"
    wave = large_groups()[0].alike.key
    for case in cases(*deep, wave):
        slow += _print_case(client, case, rounds, clock)
    return slow


def _print_case(client: Any, case: Case, rounds: int, clock: SpeedClock) -> bool:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from moderation.recent import forget

    def get() -> None:
        if case.cold:
            forget()
        status = client.get(case.url).status_code
        assert status == 200, f"{case.url}: {status}"

    get()
    times: list[float] = []
    steady: list[float] = []
    before = _cpu() - clock.spent
    at_full_speed = clock.is_full()
    while len(times) < rounds or (len(steady) < rounds and len(times) < 3 * rounds):
        was_full, began = at_full_speed, time.perf_counter()
        get()
        times.append((time.perf_counter() - began) * 1000)
        at_full_speed = clock.is_full()
        steady += times[-1:] * (was_full and at_full_speed)
    cpu = (_cpu() - clock.spent - before) * 1000 / len(times)
    with CaptureQueriesContext(connection) as asked:
        get()
    full = _p95(steady) if len(steady) >= ENOUGH else None
    slow = (_p95(times) if full is None else full) > case.limit and not case.cold
    shown = "-" if full is None else f"{full:.1f}"
    say(
        f"{case.name:36} {statistics.median(times):8.1f} {_p95(times):8.1f} {cpu:8.1f}"
        f" {shown:>8} {len(steady):4}/{len(times):<4} {len(asked):4}"
        f" {f'> {case.limit} ms' if slow else ''}"
    )
    return slow


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _cpu() -> float:
    """Processor seconds of this process and, where it can be read, its PostgreSQL."""
    from django.db import connection

    used = time.process_time()
    if connection.vendor != "postgresql":
        return used
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return used  # on another machine
    return used + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", action="store_true", help="make the database anew")
    parser.add_argument("--only", choices=SIZES, help="one engine alone")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--measure", choices=SIZES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        slow = measure(options.measure, again=options.again, rounds=options.rounds)
        return int(slow > 0)
    statuses = []
    for engine in [options.only] if options.only else SIZES:
        url = find_postgresql() if engine == "PostgreSQL" else ""
        if engine == "PostgreSQL" and not url:
            say("LEFT OUT: PostgreSQL (no server answers)")
            continue
        load = os.getloadavg()[0]
        say(f"== {engine}, {SIZES[engine]}: milliseconds, load {load:.1f}")
        environment = {
            **os.environ,
            "TEST_DATABASE_URL": f"{url}_desk_bench" if url else "",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "-m", "tests.desk_bench", "--measure", engine]
        command += [f"--rounds={options.rounds}", *["--again"] * options.again]
        done = subprocess.run(command, env=environment)  # noqa: S603
        statuses.append(done.returncode)
    return max(statuses, default=0)


if __name__ == "__main__":
    sys.exit(main())
