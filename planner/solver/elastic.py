"""Elastic diagnosis: what is short, and by how much, when no plan exists.

Every limit that could be relieved gets a column that relieves it at a price; the cheapest mixture
that makes the program feasible names the culprits. One LP instead of a search for irreducible sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Session


@dataclass(frozen=True)
class Relief:
    """One way to give in: these rows are all stretched alike. price: per row unit."""

    rows: tuple[int, ...]
    price: float


@dataclass(frozen=True)
class Diagnosis:
    """Amount of each relief (row units), and of every column of the program, in the cheapest mixture."""

    amounts: Floats
    x: Floats


def diagnose(
    arrays: Arrays, reliefs: Sequence[Relief], column_price: Floats | None = None
) -> Diagnosis | None:
    """The cheapest mixture of reliefs; None where even all of them leave no point.

    column_price (n,): what using a column counts, for columns that are reliefs themselves.
    """
    extended = _with_reliefs(arrays, reliefs, column_price)
    solution = Session(extended).solve()
    if solution.status != OPTIMAL:
        return None
    return Diagnosis(solution.x[arrays.columns :], solution.x[: arrays.columns])


def sizes(arrays: Arrays) -> Floats:
    """Size of each row, to weigh a stretch by: its limit, or its largest coefficient at a limit of 0."""
    limits = np.abs(np.where(np.isfinite(arrays.row_upper), arrays.row_upper, arrays.row_lower))
    largest = np.zeros(arrays.rows)
    row = np.repeat(np.arange(arrays.rows), np.diff(arrays.start))
    np.maximum.at(largest, row, np.abs(arrays.value))
    return np.where(limits > 0, limits, np.where(largest > 0, largest, 1.0))


def _with_reliefs(arrays: Arrays, reliefs: Sequence[Relief], column_price: Floats | None) -> Arrays:
    from scipy import sparse

    count = len(reliefs)
    rows = np.array([row for relief in reliefs for row in relief.rows], dtype=np.int64)
    columns = np.repeat(np.arange(count), [len(relief.rows) for relief in reliefs])
    sign = np.where(np.isfinite(arrays.row_upper[rows]), -1.0, 1.0)
    slack = sparse.csr_matrix((sign, (rows, columns)), shape=(arrays.rows, count), dtype=np.float64)
    wide = sparse.hstack([arrays.matrix, slack], format="csr")
    own = np.zeros(arrays.columns) if column_price is None else column_price
    return replace(
        arrays,
        cost=np.concatenate([own, [relief.price for relief in reliefs]]),
        lower=np.concatenate([arrays.lower, np.zeros(count)]),
        upper=np.concatenate([arrays.upper, np.full(count, np.inf)]),
        integer=np.zeros(arrays.columns + count, dtype=np.bool_),
        start=wide.indptr.astype(np.int32),
        index=wide.indices.astype(np.int32),
        value=wide.data,
    )
