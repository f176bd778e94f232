"""One run of the planner on a made-up world, every step timed apart.

Run by ``benchmarks.large_program`` in a process of its own; prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable
from dataclasses import fields
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.worlds import LARGE, SMALL, fleet_world
from planner.finance.ledger import ledger
from planner.options.table import Options
from planner.plan.headline import headline
from planner.plan.solved import no_cycle_search
from planner.program.build import build
from planner.program.state import state
from planner.solver.arrays import Arrays, compile_arrays
from planner.solver.highs import Session


def run(options: Options, settings: dict[str, Any]) -> tuple[dict[str, Any], Arrays]:
    """Solve once as ``planner.plan.solved`` does; seconds by step, sizes, peak and the answer."""
    seconds: dict[str, float] = {}
    clock = perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        seconds[name] = perf_counter() - clock
        clock = perf_counter()

    with no_cycle_search():
        program = build(options)
        lap("columns and costs")
        statement = state(program)
        lap("rows in PuLP")
        arrays = compile_arrays(statement)
        labels = statement.labels
        del statement
        lap("compiling")
    peak_before_mb = peak_mb()
    clock = perf_counter()
    session = Session(arrays, **settings)
    lap("handing over")
    solution = session.solve()
    lap("solving")
    entries = ledger(program, solution.x)
    figures = headline(program.space, solution.x, entries)
    lap("ledger and headline")
    fetching = seconds["solving"] - solution.seconds
    return {
        "status": solution.status,
        "objective": solution.objective,
        "ledger": sum(entry.pv_usd for entry in entries) / 1e6,
        "served_share": figures.served_share,
        "columns": arrays.columns,
        "rows": arrays.rows,
        "coefficients": len(arrays.value),
        "columns_by_kind": count(column.kind for column in program.space.columns),
        "rows_by_family": count(family for family, _ in labels),
        "priced_by_family": count(
            family
            for (family, _), dual in zip(labels, solution.dual, strict=True)
            if abs(dual) > 1e-6
        ),
        "seconds": {
            "stating": seconds["columns and costs"] + seconds["rows in PuLP"],
            "compiling": seconds["compiling"],
            "handing over": seconds["handing over"],
            "HiGHS": solution.seconds,
            "reading back": fetching + seconds["ledger and headline"],
        },
        "parts": {
            "columns and costs": seconds["columns and costs"],
            "rows in PuLP": seconds["rows in PuLP"],
            "solution arrays": fetching,
            "ledger and headline": seconds["ledger and headline"],
        },
        "peak_before_solver_mb": peak_before_mb,
        "peak_mb": peak_mb(),
    }, arrays


def count(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, most frequent first."""
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def peak_mb() -> float:
    """Most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(size: str, settings: str, path: str) -> None:
    """Run, keep the arrays for the bare process, print the figures."""
    figures, arrays = run(fleet_world({"large": LARGE, "small": SMALL}[size]), json.loads(settings))
    np.savez(path, **{f.name: getattr(arrays, f.name) for f in fields(arrays)})
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
