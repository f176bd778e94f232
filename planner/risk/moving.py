"""A session that goes from one world to the next by what differs between them.

Every change is a call into the solver and most worlds share most of theirs, so a world is entered
from the one before it, never by way of the base.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import Session


class Moving:
    """A session and the arrays that stand in it now."""

    def __init__(self, arrays: Arrays) -> None:
        self.session = Session(arrays)
        self.now = arrays
        self.row = np.repeat(np.arange(arrays.rows), np.diff(arrays.start))
        keys = self.row * arrays.columns + arrays.index
        self.order = np.argsort(keys)
        self.keys = keys[self.order]
        self.base = arrays.value

    def to(self, arrays: Arrays) -> None:
        """Change whatever differs; the shape and the places of entries stay."""
        now, session = self.now, self.session
        at = np.flatnonzero((now.lower != arrays.lower) | (now.upper != arrays.upper))
        if len(at):
            session.set_column_bounds(at, arrays.lower[at], arrays.upper[at])
        at = np.flatnonzero(now.cost != arrays.cost)
        if len(at):
            session.set_costs(at, arrays.cost[at])
        moved = (now.row_lower != arrays.row_lower) | (now.row_upper != arrays.row_upper)
        at = np.flatnonzero(moved)
        if len(at):
            session.set_row_bounds(at, arrays.row_lower[at], arrays.row_upper[at])
        at = np.flatnonzero(now.value != arrays.value)
        if len(at):
            session.set_coefficients(self.row[at], arrays.index[at], arrays.value[at])
        self.now = arrays

    def with_change(self, change: sparse.csr_matrix[np.float64], columns: NDArray[np.bool_]) -> Floats:  # fmt: skip
        """(nonzeros,) the base's coefficients and a change of those in some columns (n,).

        change: (m, n), with entries where the base has some.
        """
        entries = sparse.coo_matrix(change)
        wanted = columns[entries.col]
        keys = entries.row[wanted].astype(np.int64) * len(columns) + entries.col[wanted]
        value = self.base.copy()
        value[self.order[np.searchsorted(self.keys, keys)]] += entries.data[wanted]
        return value
