"""Compile a PuLP problem, once, to the sparse arrays a solver takes whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from pulp import LpConstraintEQ, LpConstraintGE, LpInteger
from scipy import sparse

from planner.errors import NotANumber
from planner.program.state import Statement

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Arrays:
    """minimise cost · x, lower ≤ x ≤ upper, row_lower ≤ A x ≤ row_upper.

    Shapes: cost, lower, upper, integer (n,); row_lower, row_upper (m,); A is (m, n) by rows as
    start (m+1,), index and value (nonzeros,).
    """

    cost: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    start: Integers
    index: Integers
    value: Floats

    @property
    def columns(self) -> int:
        return len(self.cost)

    @property
    def rows(self) -> int:
        return len(self.row_lower)

    @property
    def matrix(self) -> sparse.csr_matrix[np.float64]:
        """A as a scipy matrix, for residuals."""
        shape = (self.rows, self.columns)
        return sparse.csr_matrix((self.value, self.index, self.start), shape=shape)


def compile_arrays(statement: Statement) -> Arrays:
    """Read every variable and constraint of the problem once.

    Raises NotANumber (PRG003) where one is not finite.
    """
    variables = statement.variables
    position = {variable.hash: j for j, variable in enumerate(variables)}
    cost = np.zeros(len(variables))
    for variable, coefficient in statement.problem.objective.items():
        cost[position[variable.hash]] = coefficient
    expressions = [c.expr for c in statement.problem._constraints.values()]
    constraints = list(statement.problem._constraints.values())
    lengths = np.fromiter(map(len, expressions), np.int64, len(expressions))
    nonzeros = int(lengths.sum())
    index = np.fromiter(
        (position[v.hash] for v in chain.from_iterable(expressions)), np.int32, nonzeros
    )
    value = np.fromiter(chain.from_iterable(e.values() for e in expressions), np.float64, nonzeros)
    rhs = np.fromiter((-c.constant for c in constraints), np.float64, len(constraints))
    sense = np.fromiter((c.sense for c in constraints), np.int8, len(constraints))
    arrays = Arrays(
        cost=cost,
        lower=np.fromiter((v.lowBound for v in variables), np.float64, len(variables)),
        upper=np.fromiter(
            (np.inf if v.upBound is None else v.upBound for v in variables),
            np.float64,
            len(variables),
        ),
        integer=np.fromiter((v.cat == LpInteger for v in variables), np.bool_, len(variables)),
        row_lower=np.where((sense == LpConstraintEQ) | (sense == LpConstraintGE), rhs, -np.inf),
        row_upper=np.where((sense == LpConstraintGE), np.inf, rhs),
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        index=index,
        value=value,
    )
    if not (np.isfinite(value).all() and np.isfinite(rhs).all() and np.isfinite(cost).all()):
        raise NotANumber("a cost, coefficient or limit of the program is not a finite number")
    return arrays
