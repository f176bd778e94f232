"""What whole systems would cost on top of a relaxed plan, and shed that no order can avoid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.errors import NoProof
from planner.options.units import GTOK
from planner.plan.headline import shed_hours
from planner.plan.solved import Solved
from planner.program.rows.service_level import starts
from planner.solver.highs import INFEASIBLE, Session

_NODES = 500
"""Length of the search; a count, not a time, so that the answer is the same on every machine."""
_GAP = 1e-3


def rounding_cost(solved: Solved) -> float | None:
    """Least extra cost (MUSD, an upper bound) when every delivery is rounded up or down.

    None where a short search finds no such rounding.
    """
    arrays = solved.arrays
    bought = np.array(
        [column.kind in ("deliver", "rent") for column in solved.program.space.columns]
    )
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    lower[bought] = np.maximum(lower[bought], np.floor(solved.x[bought] + 1e-6))
    upper[bought] = np.minimum(upper[bought], np.ceil(solved.x[bought] - 1e-6))
    near = replace(arrays, lower=lower, upper=upper, integer=bought | arrays.integer)
    try:
        found = Session(near, mip_max_nodes=_NODES, mip_rel_gap=_GAP).solve()
    except NoProof:
        return None
    if found.status == INFEASIBLE:
        return None
    return max(0.0, found.objective - solved.solution.objective)


def unavoidable_shed(solved: Solved) -> float:
    """Fewest tokens, all workloads together, shed before an order of today can serve them."""
    space = solved.program.space
    options = space.options
    first = {workload: starts(options, workload) for workload in options.demands}
    cost = np.zeros(solved.arrays.columns)
    for position, column in enumerate(space.columns):
        if column.kind == "shed" and column.key[1] < first[column.key[0]]:
            cost[position] = shed_hours(options, column.key[2])
    if not (cost * solved.x).sum() > 1e-9:
        return 0.0
    relaxed = np.zeros_like(solved.arrays.integer)
    least = Session(replace(solved.arrays, cost=cost, integer=relaxed)).solve()
    return least.objective * GTOK
