"""`make bench-moderation`: the moderation rules' figures beside their targets.

Prints blocks of figures; ``--errors N`` also lists N errors of each sort and measure,
``--json FILE`` writes all of it. Missing a target is no failure: the figures are for
people to read.
"""

import argparse
import json
from pathlib import Path

from tests.moderation_bench.accuracy import accuracy, clean
from tests.moderation_bench.disguised import disguised_innocents, disguised_insults
from tests.moderation_bench.flags import CATEGORIES
from tests.moderation_bench.report import Block
from tests.moderation_bench.speed import speed
from tests.moderation_bench.tables import SHARED
from tests.run import say

MEASURES = {
    "accuracy": accuracy,
    "clean": lambda: [clean()],
    "evasion": lambda: [disguised_insults(), disguised_innocents()],
    "speed": lambda: [speed()],
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.moderation_bench", description=__doc__)
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="list N of each sort"
    )
    parser.add_argument(
        "--category", choices=(*CATEGORIES, "any"), help="of the errors"
    )
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument(
        "--only", choices=tuple(MEASURES), action="append", help="measure only this"
    )
    options = parser.parse_args()
    if not SHARED.exists():
        say(f"LEFT OUT: shared data sets (no {SHARED})")
    blocks: list[Block] = []
    for name in options.only or MEASURES:
        for block in MEASURES[name]():
            blocks.append(block)
            for line in block.lines(options.errors, options.category):
                say(line)
    met = [f.met for block in blocks for f in block.figures if f.met is not None]
    say(f"Targets met: {sum(met)} of {len(met)}")
    if options.json:
        report = [block.as_json() for block in blocks]
        options.json.write_text(
            json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
