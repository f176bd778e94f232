"""Elastic diagnosis: what is short, and by how much, when no plan exists.

Every relaxable row may be stretched at a price in its own size; the cheapest stretch that makes
the program feasible names the culprits. One warm LP instead of a search for irreducible sets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import OPTIMAL, Session


@dataclass(frozen=True)
class Stretch:
    """One row that had to be stretched: its position and by how many row units."""

    row: int
    amount: float


def diagnose(arrays: Arrays, relaxable: list[int], smallest: float = 1e-6) -> list[Stretch] | None:
    """The cheapest stretch of the relaxable rows; None where even that leaves no point.

    A row's stretch costs 1 per its own limit, so a tenth of a site's power weighs as much as a
    tenth of a pool.
    """
    rows = np.asarray(relaxable, dtype=np.int64)
    limits = np.where(np.isfinite(arrays.row_upper), arrays.row_upper, arrays.row_lower)[rows]
    largest = np.zeros(arrays.rows)
    if len(arrays.value):
        np.maximum.at(largest, np.repeat(np.arange(arrays.rows), np.diff(arrays.start)), np.abs(arrays.value))  # fmt: skip
    size = np.where(np.abs(limits) > 0, np.abs(limits), np.maximum(largest[rows], 1e-6))
    sign = np.where(np.isfinite(arrays.row_upper[rows]), -1.0, 1.0)
    extended = _with_slack(arrays, rows, sign, 1.0 / size)
    solution = Session(extended).solve()
    if solution.status != OPTIMAL:
        return None
    stretch = solution.x[arrays.columns :]
    return [
        Stretch(int(row), float(amount))
        for row, amount, unit in zip(rows, stretch, size, strict=True)
        if amount > smallest * unit
    ]


def _with_slack(arrays: Arrays, rows: NDArray[np.int64], sign: Floats, price: Floats) -> Arrays:
    from scipy import sparse

    count = len(rows)
    slack = sparse.csr_matrix(
        (sign, (rows, np.arange(count))), shape=(arrays.rows, count), dtype=np.float64
    )
    wide = sparse.hstack([arrays.matrix, slack], format="csr")
    return replace(
        arrays,
        cost=np.concatenate([np.zeros(arrays.columns), price]),
        lower=np.concatenate([arrays.lower, np.zeros(count)]),
        upper=np.concatenate([arrays.upper, np.full(count, np.inf)]),
        integer=np.zeros(arrays.columns + count, dtype=np.bool_),
        start=wide.indptr.astype(np.int32),
        index=wide.indices.astype(np.int32),
        value=wide.data,
    )
