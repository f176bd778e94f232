"""A world stated again in PuLP and solved through it: what a draw costs without a compiled program."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

import numpy as np
from pulp import HiGHS as PulpHighs
from pulp import LpConstraintGE, LpStatusOptimal, value

from planner.options.table import Options
from planner.plan.solved import no_cycle_search
from planner.program.build import build
from planner.program.state import Statement, state
from planner.solver.arrays import Arrays, compile_arrays


@dataclass(frozen=True)
class Restated:
    """Seconds of processor, and the cost found (MUSD)."""

    seconds: float
    cost: float


def restated(options: Options, world: Arrays) -> Restated:
    """State the options, tell PuLP what the world changes, and let it hand the whole to HiGHS.

    world: what to solve, with the places of entries of these options' own arrays. Telling the changes is not counted: a scenario of the world's own would have stated them.
    """
    with no_cycle_search():
        begun = process_time()
        statement = state(build(options))
        stated = process_time() - begun
        _tell(statement, compile_arrays(statement), world)
        begun = process_time()
        statement.problem.solve(PulpHighs(msg=False, threads=1))
        solved = process_time() - begun
    assert statement.problem.status == LpStatusOptimal
    return Restated(stated + solved, float(value(statement.problem.objective)))


def _tell(statement: Statement, base: Arrays, world: Arrays) -> None:
    problem, variables = statement.problem, statement.variables
    for j in np.flatnonzero((base.lower != world.lower) | (base.upper != world.upper)):
        variables[j].lowBound = float(world.lower[j])
        variables[j].upBound = None if np.isinf(world.upper[j]) else float(world.upper[j])
    for j in np.flatnonzero(base.cost != world.cost):
        problem.objective[variables[j]] = float(world.cost[j])
    constraints = list(problem._constraints.values())
    changed = (base.row_lower != world.row_lower) | (base.row_upper != world.row_upper)
    for r in np.flatnonzero(changed):
        side = world.row_lower if constraints[r].sense == LpConstraintGE else world.row_upper
        if np.isfinite(side[r]):  # a row let go stays: what is decided keeps it
            constraints[r].constant = -float(side[r])
    row = np.repeat(np.arange(base.rows), np.diff(base.start))
    for k in np.flatnonzero(base.value != world.value):
        constraints[row[k]].expr[variables[base.index[k]]] = float(world.value[k])
