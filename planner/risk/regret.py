"""Regret: what each named plan costs in each named world over the best plan for that world.

What a plan has decided is held; the rest answers, as the run's question allows. In ``hold`` that
is the whole plan, else the orders of the window. Named plans are made by the rule they are measured
by: in a world a service level gives way to the penalty of shedding, so ``best`` regrets nothing in
the world as planned. The scenario's own plan keeps its levels; what it regrets there is their price.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import NoProof
from planner.options.units import MUSD
from planner.plan.solved import Solved
from planner.risk.edges import named_draws
from planner.risk.modes import Answer, base_basis, two_stage
from planner.risk.recourse import Recourse
from planner.risk.setting import Setting, carried, orders_of, stated
from planner.risk.stage import TwoStage
from planner.risk.worth import wait_and_see
from planner.scenario.load import variant
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Session

_GENERAL = 1
"""Gradient of general GPUs."""


def regrets(
    made: Setting,
    answer: Answer,
    plan: Solved,
    best: Floats,
    window_years: float,
    say: Callable[[str], None],
) -> list[dict[str, Any]]:
    """One row per named world and named plan: cost, the least cost of that world, the difference (USD).

    best: (columns,) the cheapest plan as planned, from ``least`` of the setting's own arrays.
    """
    names, draws = named_draws(made)
    problem = two_stage(replace(made, draws=draws), answer.mode, window_years)
    say("named plans in named worlds")
    plans = named_plans(made, problem, answer, plan, best)
    lowest = wait_and_see(problem) * MUSD
    rows = []
    for name, decided in plans.items():
        recourse = Recourse(problem, base_basis(problem, decided))
        for number, world in enumerate(names):
            cost = recourse.solve(problem.worlds[number], decided).cost * MUSD
            reached = float(lowest[number])
            rows.append({"plan": name, "world": world, "cost_usd": cost, "best_usd": reached, "regret_usd": cost - reached})  # fmt: skip
    return rows


def named_plans(
    made: Setting, problem: TwoStage, answer: Answer, plan: Solved, best: Floats
) -> dict[str, Floats]:
    """(first columns,) of each plan: the scenario's own, the best as planned, of GPUs alone, at
    vendors' word, hedged.
    """
    space, first = made.base.program.space, problem.first
    plans = {
        "planned": orders_of(plan, space, first),
        "best": best[first],
        "as-claimed": as_claimed(made, first),
    }
    gpus = gpus_alone(made)
    if gpus is not None:
        plans["all-gpu"] = gpus[first]
    if answer.mode == "hedge":
        plans["hedged"] = answer.decided
    return plans


def as_claimed(made: Setting, first: NDArray[np.bool_]) -> Floats:
    """(first columns,) what one orders who takes vendors at their word."""
    _, base = stated(variant(made.loaded, {"claims": "at their word"}))
    return carried(base.program.space, least(base.arrays), made.base.program.space, first)


def gpus_alone(made: Setting) -> Floats | None:
    """(columns,) the plan of the base world that acquires general GPUs only; None without any."""
    upper = made.base.arrays.upper.copy()
    open_still = 0
    for j, column in enumerate(made.base.program.space.columns):
        offering = made.options.offerings.get(str(column.key[0]))
        if column.kind not in ("deliver", "rent") or offering is None or offering.fixed is not None:
            continue
        if made.options.of(offering.id).gradient == _GENERAL:
            open_still += 1
        else:
            upper[j] = 0.0
    if not open_still:
        return None
    return least(replace(made.base.arrays, upper=np.maximum(upper, made.base.arrays.lower)))


def least(arrays: Arrays) -> Floats:
    """(columns,) the cheapest plan of arrays that nothing can leave without one."""
    solution = Session(arrays).solve()
    if solution.status != OPTIMAL:
        raise NoProof(f"RUN005: a named plan is {solution.status}")
    return solution.x


def worst(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each plan's row of greatest regret."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        known = found.get(row["plan"])
        if known is None or row["regret_usd"] > known["regret_usd"]:
            found[row["plan"]] = row
    return found
