"""How fast draws are: hot-started on the arrays, against stating each again in PuLP, and bare HiGHS.

Run: python -m benchmarks.risk_speed [SCENARIO] [DRAWS]. Prints JSON; ratios hold within one run.
Rebuilding is measured on a few draws, because it is slow; a bare loop changes the same bounds and
costs on the same arrays without the planner's bookkeeping.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter
from typing import Any

import highspy

from planner.risk.chunks import Batch, evaluate
from planner.risk.compiled import compiled
from planner.risk.functional import Functional
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.master import Cuts
from planner.risk.modes import base_basis, two_stage
from planner.risk.setting import Setting, orders_of, planned, setting
from planner.risk.stage import TwoStage
from planner.risk.worth import mean_decision
from planner.scenario.load import find_scenario, load
from planner.solver.arrays import Floats
from planner.solver.highs import Session

REBUILT = 4
"""Draws that are stated again."""


def measure(scenario: str, count: int) -> dict[str, Any]:
    """Seconds per draw and their ratios for hold and adapt, and the hedge's first and second search."""
    loaded = load(find_scenario(scenario))
    made = setting(loaded, count, 1)
    plan = planned(loaded)
    space = made.base.program.space
    found: dict[str, Any] = {"scenario": scenario, "draws": count, "columns": len(space.columns)}
    for mode in ("hold", "adapt"):
        problem = two_stage(made, mode)
        decided = orders_of(plan, space, problem.first)
        found[mode] = compared(made, problem, decided)
    found["hedge"] = searched(two_stage(made, "hedge"))
    return found


def compared(made: Setting, problem: TwoStage, decided: Floats) -> dict[str, float]:
    """One mode: hot draws, a bare loop on the same worlds, and stating again."""
    start = base_basis(problem, decided)
    begun = perf_counter()
    evaluate(problem, decided, Batch(start=start))
    hot = (perf_counter() - begun) / len(problem.worlds)
    bare = bare_loop(problem, decided, start) / len(problem.worlds)
    begun = perf_counter()
    for number in range(REBUILT):
        compiled(made.options)
        Session(problem.worlds[number].applied(problem.base)).solve()
    rebuilt = (perf_counter() - begun) / REBUILT
    return {
        "hot_s": hot,
        "bare_s": bare,
        "rebuilt_s": rebuilt,
        "hot_over_bare": hot / bare,
        "rebuilt_over_hot": rebuilt / hot,
    }


def bare_loop(problem: TwoStage, decided: Floats, start: Any) -> float:
    """Seconds of a highspy loop that sets each world's bounds, costs and coefficients and runs."""
    from planner.risk.recourse import Recourse

    recourse = Recourse(problem, start)
    spent = 0.0
    for world in problem.worlds:
        recourse.moving.to(recourse.within(world, decided))
        recourse.session.start_from_basis(start)
        begun = perf_counter()
        status = recourse.session.highs.run()
        spent += perf_counter() - begun
        assert status == highspy.HighsStatus.kOk
    return spent


def searched(problem: TwoStage) -> dict[str, float]:
    """A hedge, then another weight on the tail with the cuts kept and without."""
    begin = mean_decision(problem).x
    seconds = {}
    cuts = Cuts()
    for name, functional, kept in (
        ("first_s", Functional(0.0, 0.9), cuts),
        ("second_with_cuts_s", Functional(0.5, 0.9), cuts),
        ("second_without_cuts_s", Functional(0.5, 0.9), Cuts()),
    ):
        begun = perf_counter()
        solve_lshaped(problem, functional, begin, Search(), kept)
        seconds[name] = perf_counter() - begun
    seconds["second_over_first"] = seconds["second_with_cuts_s"] / seconds["first_s"]
    return seconds


if __name__ == "__main__":
    name, draws = (sys.argv[1:] + ["risk-small", "64"][len(sys.argv) - 1 :])[:2]
    sys.stdout.write(json.dumps(measure(name, int(draws)), indent=1) + "\n")
