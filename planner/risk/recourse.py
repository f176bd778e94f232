"""Recourse: what a world costs once the orders of now are fixed, and how that cost moves with them.

Orders are fixed by their columns' bounds; what they settle is taken out before the solver sees the
world, and the prices found there are the slope of the cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.errors import Failure
from planner.risk.reduced import reduced
from planner.risk.stage import TwoStage, World
from planner.solver.arrays import Arrays, Floats
from planner.solver.basis import Basis
from planner.solver.highs import INFEASIBLE, OPTIMAL, Session, Solution


class NoRecourse(Failure):
    """In some world the orders of now leave no plan; what breaks there has no price."""

    exit_code = 4
    code = "RSK004"


@dataclass(frozen=True)
class Outcome:
    """One world at one decision.

    cost: total cost there. x: (n,) the whole plan of that world. slope: (first columns,) change of
    the cost per unit decided now; basis: where the plan stands; both where they were asked for.
    """

    cost: float
    x: Floats
    slope: Floats | None = None
    basis: Basis | None = None


class Recourse:
    """One solver that answers for one world after the other."""

    def __init__(self, problem: TwoStage, start: Basis | None = None) -> None:
        self.problem = problem
        self.start = start
        self.session: Session | None = None

    def solve(
        self,
        world: World,
        decided: Floats,
        start: Basis | None = None,
        cut: bool = False,
    ) -> Outcome:
        """Cost and plan of one world; for a ``cut`` also the slope and the basis.

        Raises NoRecourse (RSK004, exit 4) where the world has no plan at this decision.
        """
        left = reduced(self.within(world, decided), self.problem.layout)
        if left.broken:
            raise _refused(world, INFEASIBLE)
        session = self._told(left.arrays)
        begin = start or self.start
        if begin is not None:
            session.start_from_basis(left.start(begin))
        solution = _proven(session, world)
        cost, x = left.cost + solution.objective, left.plan(solution.x)
        if not cut:
            return Outcome(cost, x)
        price = left.prices(solution.dual)
        slope = left.reduced_costs(price, self.problem.first_columns)
        return Outcome(cost, x, slope, left.basis(session.basis()))

    def cold(self, world: World, decided: Floats) -> float:
        """Cost of one world by the whole program, from nothing: what a hot answer is checked by."""
        return _proven(Session(self.within(world, decided)), world).objective

    def within(self, world: World, decided: Floats) -> Arrays:
        """The arrays of a world with the orders of now fixed, each entry where the base has it.

        Rows that speak of orders of now alone are let go: they were the decision's to keep.
        """
        problem, base = self.problem, self.problem.base
        now, alone = problem.first_columns, problem.first_rows
        if world.rows is not None and alone[world.rows.at].any():
            raise ValueError(f"'{world.name}' changes a row that speaks of orders of now alone")
        arrays = replace(world, technology=None).applied(base)
        lower, upper = arrays.lower.copy(), arrays.upper.copy()
        lower[now] = upper[now] = decided
        return replace(
            arrays,
            lower=lower,
            upper=upper,
            row_lower=np.where(alone, -np.inf, arrays.row_lower),
            row_upper=np.where(alone, np.inf, arrays.row_upper),
            value=problem.layout.with_change(world.technology),
        )

    def _told(self, arrays: Arrays) -> Session:
        if self.session is None:
            self.session = Session(arrays, brief=True)
        else:
            self.session.load(arrays)
        return self.session


def _proven(session: Session, world: World) -> Solution:
    solution = session.solve()
    if solution.status != OPTIMAL:
        raise _refused(world, solution.status)
    return solution


def _refused(world: World, status: str) -> NoRecourse:
    return NoRecourse(
        f"RSK004: in world '{world.name}' the orders of now leave a plan that is {status}; "
        "give what breaks there a price under risk.overrun"
    )
