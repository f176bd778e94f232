"""Recourse: what a world costs once the orders of now are fixed, and how that cost moves with them.

Orders are fixed by their columns' bounds, so that a session keeps its matrix and its basis; the
prices of those bounds are the slope of the cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from planner.errors import Failure
from planner.risk.stage import Bounds, TwoStage, World
from planner.solver.arrays import Floats
from planner.solver.highs import OPTIMAL, Basis, Session, Solution


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
        self.matrix = base.matrix
        self.session = Session(self.arrays)
        self.start = start

    def solve(
        self, world: World, decided: Floats, start: Basis | None = None, keep: bool = False
    ) -> Outcome:
        """Cost and slope of one world; ``keep`` its plan and its basis too.

        Raises NoRecourse (RSK004, exit 4) where the world has no plan at this decision.
        """
        self._enter(world, decided)
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
        basis = self.session.basis() if keep else None
        self._leave(world)
        return Outcome(solution.objective, slope, x, basis)

    def _slope(self, world: World, solution: Solution) -> Floats:
        """Reduced costs of what is fixed, less what the world's own coefficients take from rows."""
        slope = solution.reduced[self.problem.first_columns]
        if world.technology is None:
            return slope
        moved = np.asarray(world.technology[:, self.problem.first_columns].T @ solution.dual)
        return np.asarray(slope - moved)

    def _enter(self, world: World, decided: Floats) -> None:
        if world.columns is not None:
            self._bound_columns(world.columns)
        if world.cost is not None:
            self.session.set_costs(world.cost.at, world.cost.value)
        now = self.problem.first_columns
        self.session.set_column_bounds(now, decided, decided)
        rows = self._rows(world, decided)
        if rows is not None:
            self.session.set_row_bounds(rows.at, rows.lower, rows.upper)
        if world.technology is not None:
            self._change_later(world.technology, 1.0)

    def _rows(self, world: World, decided: Floats) -> Bounds | None:
        """The world's row bounds, moved by what its own coefficients take at this decision."""
        lower, upper = self.arrays.row_lower, self.arrays.row_upper
        touched = np.zeros(self.arrays.rows, dtype=np.bool_)
        if world.rows is not None:
            if self.problem.first_rows[world.rows.at].any():
                raise ValueError(f"'{world.name}' changes a row that speaks of orders of now alone")
            lower, upper = lower.copy(), upper.copy()
            lower[world.rows.at], upper[world.rows.at] = world.rows.lower, world.rows.upper
            touched[world.rows.at] = True
        if world.technology is not None:
            taken = np.asarray(world.technology[:, self.problem.first_columns] @ decided)
            lower, upper = lower - taken, upper - taken
            touched |= taken != 0
        at = np.flatnonzero(touched).astype(np.int32)
        return Bounds(at, lower[at], upper[at]) if len(at) else None

    def _leave(self, world: World) -> None:
        """Everything back to the base."""
        if world.columns is not None:
            at = world.columns.at
            self._bound_columns(Bounds(at, self.arrays.lower[at], self.arrays.upper[at]))
        if world.cost is not None:
            self.session.set_costs(world.cost.at, self.arrays.cost[world.cost.at])
        touched = [] if world.rows is None else [world.rows.at]
        if world.technology is not None:
            touched.append(np.flatnonzero(np.diff(world.technology.indptr)).astype(np.int32))
            self._change_later(world.technology, 0.0)
        for at in touched:
            self.session.set_row_bounds(at, self.arrays.row_lower[at], self.arrays.row_upper[at])

    def _change_later(self, technology: sparse.csr_matrix[np.float64], share: float) -> None:
        """Coefficients of what is decided later: the base's plus a share of the world's change."""
        change = sparse.coo_matrix(technology)
        keep = ~self.problem.first[change.col]
        rows, columns = change.row[keep], change.col[keep]
        if len(rows):
            value = np.asarray(self.matrix[rows, columns]).ravel() + share * change.data[keep]
            self.session.set_coefficients(rows, columns, value)

    def _bound_columns(self, bounds: Bounds) -> None:
        self.session.set_column_bounds(bounds.at, bounds.lower, bounds.upper)
