"""Recourse: what a world costs once the orders of now are fixed, and how that cost moves with them.

Orders are fixed by their columns' bounds, so that a session keeps its matrix and its basis; the
prices of those bounds are the slope of the cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.errors import Failure
from planner.risk.moving import Moving
from planner.risk.stage import TwoStage, World
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Basis, Solution


class NoRecourse(Failure):
    """In some world the orders of now leave no plan; what breaks there has no price."""

    exit_code = 4
    code = "RSK004"


@dataclass(frozen=True)
class Outcome:
    """One world at one decision.

    cost: total cost there. slope: (first columns,) change of it per unit decided now. x: the whole
    plan of that world, where it was asked for.
    """

    cost: float
    slope: Floats
    x: Floats | None = None
    basis: Basis | None = None


class Recourse:
    """A session on the base arrays that answers for one world after the other."""

    def __init__(self, problem: TwoStage, start: Basis | None = None) -> None:
        base = problem.base
        free = problem.first_rows
        self.problem = problem
        self.arrays = replace(
            base,
            row_lower=np.where(free, -np.inf, base.row_lower),
            row_upper=np.where(free, np.inf, base.row_upper),
        )
        self.moving = Moving(self.arrays)
        self.session = self.moving.session
        self.start = start

    def solve(
        self,
        world: World,
        decided: Floats,
        start: Basis | None = None,
        keep: bool = False,
        based: bool = False,
    ) -> Outcome:
        """Cost and slope of one world; its plan to ``keep``, and its basis where it is a ``based`` one.

        Raises NoRecourse (RSK004, exit 4) where the world has no plan at this decision.
        """
        self.moving.to(self.within(world, decided))
        begin = start or self.start
        if begin is not None:
            self.session.start_from_basis(begin)
        solution = self.session.solve()
        if solution.status != OPTIMAL:
            raise NoRecourse(
                f"RSK004: in world '{world.name}' the orders of now leave a plan that is "
                f"{solution.status}; give what breaks there a price under risk.overrun"
            )
        slope = self._slope(world, solution)
        x = solution.x if keep else None
        return Outcome(solution.objective, slope, x, self.session.basis() if based else None)

    def _slope(self, world: World, solution: Solution) -> Floats:
        """Reduced costs of what is fixed, less what the world's own coefficients take from rows."""
        slope = solution.reduced[self.problem.first_columns]
        if world.technology is None:
            return slope
        moved = np.asarray(world.technology[:, self.problem.first_columns].T @ solution.dual)
        return np.asarray(slope - moved)

    def within(self, world: World, decided: Floats) -> Arrays:
        """The arrays of a world with the orders of now fixed; what its own coefficients take of them
        is taken from the rows, so that only columns of later change theirs.
        """
        now, frozen = self.problem.first_columns, self.problem.first_rows
        if world.rows is not None and frozen[world.rows.at].any():
            raise ValueError(f"'{world.name}' changes a row that speaks of orders of now alone")
        arrays = replace(world, technology=None).applied(self.arrays)
        lower, upper = arrays.lower.copy(), arrays.upper.copy()
        lower[now] = upper[now] = decided
        arrays = replace(arrays, lower=lower, upper=upper)
        if world.technology is None:
            return arrays
        taken = np.asarray(world.technology[:, now] @ decided)
        return replace(
            arrays,
            row_lower=arrays.row_lower - taken,
            row_upper=arrays.row_upper - taken,
            value=self.moving.with_change(world.technology, ~self.problem.first),
        )
