"""The extensive form: every world's columns side by side, tied by what is decided now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from planner.risk.functional import Functional
from planner.risk.stage import TwoStage
from planner.risk.tail import Block, Matrix, priced
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Session


@dataclass(frozen=True)
class Decision:
    """What to do now.

    x: (first columns,). objective: the functional of total cost; bound: proven least value of it.
    costs: (worlds,) total cost in each world. rounds: evaluations of all worlds.
    """

    x: Floats
    objective: float
    bound: float
    costs: Floats
    rounds: int = 1


def solve_extensive(problem: TwoStage, functional: Functional, **settings: Any) -> Decision:
    """Solve all worlds at once; the memory and time grow with their number.

    Raises RuntimeError where HiGHS proves no optimum: a complete recourse always has one.
    """
    arrays, total = extensive_form(problem, functional)
    solution = Session(arrays, **settings).solve()
    if solution.status != OPTIMAL:
        raise RuntimeError(f"the extensive form is {solution.status}")
    first = len(problem.first_columns)
    costs = np.asarray(total @ solution.x[: total.shape[1]])
    return Decision(solution.x[:first], solution.objective, solution.bound, costs)


def extensive_form(problem: TwoStage, functional: Functional) -> tuple[Arrays, Matrix]:
    """The arrays, and the matrix (worlds, columns) that gives each world's total cost.

    Columns: what is decided now, each world's own, then what measures the tail.
    """
    now, shared = problem.first_columns, problem.first_rows
    later = np.flatnonzero(~problem.first)
    count = len(problem.worlds)
    own = problem.base.matrix[~shared]
    blocks: list[list[Any]] = [[problem.base.matrix[shared][:, now], *[None] * count]]
    worlds = [world.applied(problem.base) for world in problem.worlds]
    for s, world in enumerate(problem.worlds):
        matrix = own if world.technology is None else own + world.technology[~shared]
        row: list[Any] = [matrix[:, now], *[None] * count]
        row[1 + s] = matrix[:, later]
        blocks.append(row)
    base = problem.base
    block = Block(
        matrix=sparse.csr_matrix(sparse.bmat(blocks)),
        lower=np.concatenate([base.lower[now], *(w.lower[later] for w in worlds)]),
        upper=np.concatenate([base.upper[now], *(w.upper[later] for w in worlds)]),
        row_lower=np.concatenate([base.row_lower[shared], *(w.row_lower[~shared] for w in worlds)]),
        row_upper=np.concatenate([base.row_upper[shared], *(w.row_upper[~shared] for w in worlds)]),
    )
    paid_now = sparse.csr_matrix(np.vstack([world.cost[now] for world in worlds]))
    paid_later: Any = sparse.block_diag([world.cost[later][None, :] for world in worlds])
    total = sparse.csr_matrix(sparse.hstack([paid_now, paid_later]))
    return priced(block, total, problem.probabilities, functional), total
