"""The master program: what is decided now, one cost column per world, and the cuts that bound it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from planner.risk.functional import Functional
from planner.risk.stage import TwoStage
from planner.risk.tail import Block, priced
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Session, Solution


@dataclass
class Cuts:
    """Every cut found: cost_s ≥ level + slope · x. They belong to worlds, not to probabilities or
    to a weight on the tail, so that another hazard or weight begins with them.
    """

    world: list[int] = field(default_factory=list)
    level: list[float] = field(default_factory=list)
    slope: list[Floats] = field(default_factory=list)

    def add(self, world: int, cost: float, slope: Floats, at: Floats) -> None:
        """The cut that touches a world's cost at one decision."""
        self.world.append(world)
        self.level.append(cost - float(slope @ at))
        self.slope.append(slope)

    def copy(self) -> Cuts:
        """The same cuts, to be extended apart."""
        return Cuts(list(self.world), list(self.level), list(self.slope))

    def __len__(self) -> int:
        return len(self.world)


class Master:
    """Columns: x, one cost per world, then η and one excess per world where the tail counts."""

    def __init__(self, problem: TwoStage, functional: Functional, cuts: Cuts) -> None:
        self.problem = problem
        self.cuts = cuts
        self.first = len(problem.first_columns)
        self.worlds = len(problem.worlds)
        self.session = Session(_empty(problem, functional))
        self.told = 0
        base = problem.base
        self.lower = base.lower[problem.first_columns]
        self.upper = base.upper[problem.first_columns]

    def solve(self, lower: Floats, upper: Floats) -> Solution | None:
        """The least model value within a box (both (first columns,)); None where it has no bottom.

        Raises RuntimeError where the rows on what is decided now contradict each other.
        """
        self._tell()
        now = np.arange(self.first)
        self.session.set_column_bounds(now, lower, upper)
        solution = self.session.solve()
        if solution.status == "unbounded":
            return None
        if solution.status != OPTIMAL:
            raise RuntimeError(f"the master program is {solution.status}")
        return solution

    def _tell(self) -> None:
        """Hand over the cuts found since the last solve: cost_s − slope · x ≥ level."""
        new = range(self.told, len(self.cuts))
        if not new:
            return
        index: list[NDArray[np.int64]] = []
        value: list[Floats] = []
        for k in new:
            places = np.flatnonzero(self.cuts.slope[k])
            index.append(np.append(places, self.first + self.cuts.world[k]))
            value.append(np.append(-self.cuts.slope[k][places], 1.0))
        lengths = [len(places) for places in index]
        level = np.array([self.cuts.level[k] for k in new])
        self.session.add_rows(
            level,
            np.full(len(new), np.inf),
            np.cumsum([0, *lengths[:-1]]),
            np.concatenate(index),
            np.concatenate(value),
        )
        self.told = len(self.cuts)


def _empty(problem: TwoStage, functional: Functional) -> Arrays:
    """The master before any cut: the rows on what is decided now, and the tail's."""
    now, count = problem.first_columns, len(problem.worlds)
    shared, base = problem.first_rows, problem.base
    implied, least, most = problem.implied
    own = sparse.vstack([base.matrix[shared][:, now], implied])
    block = Block(
        matrix=sparse.csr_matrix(sparse.hstack([own, sparse.csr_matrix((own.shape[0], count))])),
        lower=np.concatenate([base.lower[now], np.full(count, -np.inf)]),
        upper=np.concatenate([base.upper[now], np.full(count, np.inf)]),
        row_lower=np.concatenate([base.row_lower[shared], least]),
        row_upper=np.concatenate([base.row_upper[shared], most]),
    )
    total = sparse.csr_matrix(sparse.hstack([sparse.csr_matrix((count, len(now))), sparse.eye(count)]))  # fmt: skip
    return priced(block, total, problem.probabilities, functional)
