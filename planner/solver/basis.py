"""Bases as HiGHS numbers them: plain arrays that travel between sessions and processes."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.solver.arrays import Arrays, Floats

_STATUS = highspy.HighsBasisStatus
LOWER, BASIC, UPPER, ZERO = (
    int(status) for status in (_STATUS.kLower, _STATUS.kBasic, _STATUS.kUpper, _STATUS.kZero)
)
_NAMED = np.array(
    sorted(_STATUS.__members__.values(), key=int),
    dtype=object,
)
"""HiGHS's own values by their number."""
Statuses = NDArray[np.int8]


@dataclass(frozen=True)
class Basis:
    """Where each column (n,) and row (m,) stands."""

    columns: Statuses
    rows: Statuses

    def told(self) -> highspy.HighsBasis:
        """As HiGHS takes it; it need not be square, what is missing is filled with slacks."""
        told = highspy.HighsBasis()
        told.col_status = _NAMED[self.columns].tolist()
        told.row_status = _NAMED[self.rows].tolist()
        told.valid = True
        return told


def basis_of(arrays: Arrays, basic: NDArray[np.int32], x: Floats, activity: Floats) -> Basis:
    """The basis of a solved program.

    basic: (m,) HiGHS's basic variables, a row r as −1 − r. x: (n,) and activity: (m,) tell on which
    of two bounds the others stand.
    """
    columns = _at_bounds(arrays.lower, arrays.upper, x)
    rows = _at_bounds(arrays.row_lower, arrays.row_upper, activity)
    columns[basic[basic >= 0]] = BASIC
    rows[-1 - basic[basic < 0]] = BASIC
    return Basis(columns, rows)


def _at_bounds(lower: Floats, upper: Floats, value: Floats) -> Statuses:
    """(k,) the bound that each value stands on, were it not basic."""
    with np.errstate(invalid="ignore"):
        above = np.isfinite(upper) & ~(np.abs(value - lower) <= np.abs(upper - value))
    found = np.where(above, UPPER, LOWER)
    found[~np.isfinite(lower) & ~np.isfinite(upper)] = ZERO
    return found.astype(np.int8)
