"""Hedges by decomposition against the extensive form, and what kept cuts save.

``python -m benchmarks.hedge_speed [WORLDS]`` writes docs/quality/hedges.md, on the scenario
``benchmarks/scenarios/hedge.yaml``. Every way is solved in a process of its own, so that its peak of
memory is its own; times are those of the processor.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np

from planner.risk.extensive import solve_extensive
from planner.risk.functional import Functional
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.master import Cuts
from planner.risk.modes import two_stage
from planner.risk.reweigh import at_hazard
from planner.risk.setting import Setting, setting
from planner.risk.stage import TwoStage
from planner.risk.worth import mean_decision
from planner.scenario.load import load
from planner.solver.arrays import Floats

SCENARIO = Path(__file__).parent / "scenarios" / "hedge.yaml"
PAGE = Path(__file__).parents[1] / "docs" / "quality" / "hedges.md"
NEUTRAL, WARY = Functional(0.0, 0.9), Functional(0.5, 0.9)
HAZARD = 0.14
"""Per year; twice the mean that the scenario believes."""
SAME = 1e-6
TIME, MEMORY, SECOND = 0.1, 0.2, 0.5
"""Goals: over the extensive form's time and memory; a second hedge over the first."""
LIMIT_S = 3600.0


def main(worlds: str = "128") -> None:
    """Measure each way in a process of its own and keep the page."""
    found = {way: _measured(way, worlds) for way in WAYS}
    text = page(int(worlds), found)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def one(way: str, worlds: str) -> None:
    """One way, told as JSON: seconds, what it added to the peak of memory, the objective."""
    made = setting(load(SCENARIO), int(worlds), 1)
    problem = two_stage(made, "hedge")
    before = _peak_mb()
    found = WAYS[way](made, problem)
    told = {**found, "memory_mb": _peak_mb() - before, "columns": problem.base.columns}
    sys.stdout.write(json.dumps(told))


def decomposition(made: Setting, problem: TwoStage) -> dict[str, float]:
    """The first hedge."""
    return _timed(problem, NEUTRAL, mean_decision(problem).x, Cuts())


def another_weight(made: Setting, problem: TwoStage) -> dict[str, float]:
    """A hedge with half its weight on the tail, from the cuts of the first."""
    return _second(problem, problem, WARY)


def another_hazard(made: Setting, problem: TwoStage) -> dict[str, float]:
    """The same hedge at another hazard, from the cuts of the first."""
    likely = zip(problem.worlds, at_hazard(made, HAZARD), strict=True)
    worlds = tuple(replace(world, probability=float(share)) for world, share in likely)
    return _second(problem, problem.with_worlds(worlds), NEUTRAL)


def _second(problem: TwoStage, other: TwoStage, functional: Functional) -> dict[str, float]:
    begin, cuts = mean_decision(problem).x, Cuts()
    first = _timed(problem, NEUTRAL, begin, cuts)
    second = _timed(other, functional, begin, cuts)
    return {**second, "over_first": second["seconds"] / first["seconds"]}


def _timed(
    problem: TwoStage, functional: Functional, begin: Floats, cuts: Cuts
) -> dict[str, float]:
    begun = process_time()
    found = solve_lshaped(problem, functional, begin, Search(), cuts)
    spent = process_time() - begun
    return {"seconds": spent, "objective": found.objective, "rounds": found.rounds}


def extensive(solver: str) -> Callable[[Setting, TwoStage], dict[str, float]]:
    """All worlds at once, by one of HiGHS's solvers."""

    def solved(made: Setting, problem: TwoStage) -> dict[str, float]:
        begun = process_time()
        found = solve_extensive(problem, NEUTRAL, solver=solver, time_limit=LIMIT_S)
        return {"seconds": process_time() - begun, "objective": found.objective}

    return solved


WAYS: dict[str, Callable[[Setting, TwoStage], dict[str, float]]] = {
    "decomposition": decomposition,
    "another weight": another_weight,
    "another hazard": another_hazard,
    "extensive, simplex": extensive("simplex"),
    "extensive, interior point": extensive("ipm"),
}


def _measured(way: str, worlds: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.hedge_speed", "one", way, worlds]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def page(worlds: int, found: dict[str, dict[str, float]]) -> str:
    """The page, goals met or missed."""
    split = found["decomposition"]
    whole = [found[way] for way in WAYS if way.startswith("extensive")]
    assert all(abs(w["objective"] - split["objective"]) <= SAME * abs(split["objective"]) for w in whole)  # fmt: skip
    better = min(whole, key=lambda way: way["seconds"])
    goals = [
        ("Decomposition over the extensive form, time", split["seconds"] / better["seconds"], TIME),
        ("Decomposition over the extensive form, memory", split["memory_mb"] / better["memory_mb"], MEMORY),
        (f"Another hazard ({HAZARD:g} a year) from the kept cuts, over the first hedge", found["another hazard"]["over_first"], SECOND),
        ("Another weight on the tail (0 to 0.5) from the kept cuts, over the first hedge", found["another weight"]["over_first"], SECOND),
    ]  # fmt: skip
    table = "\n".join(f"| {name} | {value:.2f} | ≤ {goal:g} | {'met' if value <= goal else '**missed**'} |" for name, value, goal in goals)  # fmt: skip
    ways = "\n".join(f"| {way} | {w['seconds']:.1f} | {w['memory_mb']:.0f} | {_rounds(w)} |" for way, w in found.items())  # fmt: skip
    return f"""\
# Hedges

Generated by `make bench-hedge` (`benchmarks/hedge_speed.py`) on {worlds} worlds of `benchmarks/scenarios/hedge.yaml`, {int(np.round(split["columns"])):,} columns a world; quote the ratios, the times are this machine's on this day.

| Measure | Value | Goal |  |
| --- | --- | --- | --- |
{table}

| Way | seconds of processor | MB added to the peak | rounds |
| --- | --- | --- | --- |
{ways}

All ways find the same objective to {SAME:g}. The extensive form is measured by the solver of HiGHS that is quicker at it. In the decomposition a world costs {split["seconds"] / split["rounds"] / worlds * 1e3:.1f} ms a round, master included: a few hundred rows are solved from a basis, and telling HiGHS a world and reading its prices takes as long as that. The extensive form is quick because presolve takes most of every world away at once.
"""


def _rounds(way: dict[str, float]) -> str:
    return f"{way['rounds']:.0f}" if "rounds" in way else "–"


if __name__ == "__main__":
    one(*sys.argv[2:]) if sys.argv[1:2] == ["one"] else main(*sys.argv[1:])
