"""Which functions stating and compiling spend their time in; prints JSON."""

from __future__ import annotations

import json
import sys
from cProfile import Profile
from pathlib import Path
from pstats import Stats

from benchmarks.worlds import LARGE, SMALL, fleet_world
from planner.program.build import build
from planner.program.state import state
from planner.solver.arrays import compile_arrays

SHOWN = 12


def dearest(size: str) -> list[tuple[str, str, str]]:
    """(function, calls, share of the time) of the functions with most time of their own."""
    options = fleet_world({"large": LARGE, "small": SMALL}[size])
    profile = Profile()
    profile.runcall(lambda: compile_arrays(state(build(options))))
    stats = Stats(profile)
    found = sorted(stats.stats.items(), key=lambda item: -item[1][2])
    return [
        (
            f"{Path(file).parent.name}/{Path(file).name}: {name}" if line else name,
            f"{calls:,}",
            f"{own / stats.total_tt:.1%}",
        )
        for (file, line, name), (_, calls, own, _, _) in found[:SHOWN]
    ]


def main(size: str) -> None:
    """Print them."""
    sys.stdout.write(json.dumps({"functions": dearest(size)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
