"""What whole systems would cost on top of a relaxed plan, and shed that no order can avoid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.options.units import GTOK
from planner.plan.headline import shed_hours
from planner.plan.solved import Solved, near_whole
from planner.program.first import first_service
from planner.solver.highs import Session


def rounding_cost(solved: Solved) -> float | None:
    """Least extra cost (MUSD, an upper bound) when every order, block and rental is rounded up or down.

    None where a short search finds no such rounding.
    """
    columns = solved.program.space.columns
    ordered = np.array([column.kind in ("deliver", "expand", "rent") for column in columns])
    found = near_whole(solved.arrays, solved.x, ordered | solved.arrays.integer)
    return None if found is None else max(0.0, found.objective - solved.solution.objective)


def unavoidable_shed(solved: Solved) -> float:
    """Fewest tokens, all workloads together, shed before an order of today can serve them."""
    space = solved.program.space
    options = space.options
    first = {workload: first_service(options, workload) for workload in options.demands}
    cost = np.zeros(solved.arrays.columns)
    for position, column in enumerate(space.columns):
        if column.kind == "shed" and column.key[1] < first[column.key[0]]:
            cost[position] = shed_hours(options, column.key[2])
    if not (cost * solved.x).sum() > 1e-9:
        return 0.0
    relaxed = np.zeros_like(solved.arrays.integer)
    least = Session(replace(solved.arrays, cost=cost, integer=relaxed)).solve()
    return least.objective * GTOK
