"""A world's program without what its orders settle, and the way back to its prices.

A row that is full and holds nothing that could make room keeps its columns at 0: a system nobody
owns serves nobody, a workload nobody asks for is served by nobody. Such columns and rows are taken
out, again and again until none is left; with a fleet fixed that is most of the program. Their
prices follow afterwards, so that slopes hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from planner.solver.arrays import Arrays, Floats
from planner.solver.basis import BASIC, LOWER, Basis

_FULL = 1e-12
"""Room up to which a row counts as full."""
_BROKEN = 1e-7
"""Room below nothing, relative to the limit, from which a row without columns counts as broken."""
Flags = NDArray[np.bool_]
Places = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Layout:
    """Where the entries of a base matrix stand; every world has the same.

    row, column (nonzeros,): of each entry.
    """

    base: Arrays

    @cached_property
    def row(self) -> Places:
        return np.repeat(np.arange(self.base.rows), np.diff(self.base.start))

    @property
    def column(self) -> NDArray[np.int32]:
        return self.base.index

    @cached_property
    def _sorted(self) -> tuple[Places, Places]:
        keys = self.row * self.base.columns + self.column
        order = np.argsort(keys)
        return order, keys[order]

    def with_change(self, change: sparse.csr_matrix[np.float64] | None) -> Floats:
        """(nonzeros,) the base's coefficients and a change (m, n) with entries where the base has some."""
        if change is None:
            return self.base.value
        entries = sparse.coo_matrix(change)
        order, keys = self._sorted
        wanted = entries.row.astype(np.int64) * self.base.columns + entries.col
        value = self.base.value.copy()
        value[order[np.searchsorted(keys, wanted)]] += entries.data
        return value


@dataclass(frozen=True)
class _Held:
    """Entries that hold columns at 0 in one pass: one for each column."""

    row: Places
    column: Places
    value: Floats


@dataclass(frozen=True)
class Reduced:
    """What is left of a program.

    arrays: the smaller program, made of ``columns`` and ``rows`` of the whole. settled: (n,) the
    values of what is taken out, 0 elsewhere. broken: whether that alone breaks a row. cost: of what
    is taken out.
    """

    whole: Arrays
    layout: Layout
    arrays: Arrays
    columns: Places
    rows: Places
    settled: Floats
    held: tuple[_Held, ...]
    broken: bool

    @property
    def cost(self) -> float:
        return float(self.whole.cost @ self.settled)

    def plan(self, x: Floats) -> Floats:
        """(n,) the whole plan."""
        plan = self.settled.copy()
        plan[self.columns] = x
        return plan

    def start(self, basis: Basis) -> Basis:
        """The part of a whole basis that is left."""
        return Basis(basis.columns[self.columns], basis.rows[self.rows])

    def basis(self, found: Basis) -> Basis:
        """A basis of the whole program: rows taken out are basic, columns at their lower bound."""
        columns = np.full(self.whole.columns, LOWER, dtype=np.int8)
        rows = np.full(self.whole.rows, BASIC, dtype=np.int8)
        columns[self.columns], rows[self.rows] = found.columns, found.rows
        return Basis(columns, rows)

    def prices(self, dual: Floats) -> Floats:
        """(m,) prices of all rows that prove the whole plan, from those of the rows left.

        What a row holds at 0 must not pay: its price is what the keenest of its columns would gain.
        """
        whole, layout = self.whole, self.layout
        price = np.zeros(whole.rows)
        price[self.rows] = dual
        for held in reversed(self.held):
            paid = np.bincount(layout.column, whole.value * price[layout.row], whole.columns)
            gain = np.maximum(paid[held.column] - whole.cost[held.column], 0.0) / np.abs(held.value)
            keenest = np.zeros(whole.rows)
            np.maximum.at(keenest, held.row, gain)
            side = np.zeros(whole.rows)
            side[held.row] = -np.sign(held.value)
            price += side * keenest
        return price

    def reduced_costs(self, price: Floats, columns: Places) -> Floats:
        """(columns,) what one unit more of some columns costs at prices of rows (m,)."""
        paid = np.bincount(self.layout.column, self.whole.value * price[self.layout.row], self.whole.columns)  # fmt: skip
        return np.asarray(self.whole.cost[columns] - paid[columns])


def reduced(whole: Arrays, layout: Layout) -> Reduced:
    """Take out what is fixed, what full rows hold at 0, and rows that then limit nothing."""
    out = whole.lower == whole.upper
    settled = np.where(out, whole.lower, 0.0)
    value = whole.value
    used = np.bincount(layout.row, value * settled[layout.column], whole.rows)
    low, high = whole.row_lower - used, whole.row_upper - used
    full_up, full_down = np.abs(high) <= _FULL, np.abs(low) <= _FULL
    left = np.flatnonzero((value != 0) & ~out[layout.column])
    row, column, value = layout.row[left], layout.column[left].astype(np.int64), value[left]
    free = whole.lower != 0
    passes = []
    while True:
        loose = free[column]
        full = full_up & ~_has(row[(value < 0) | loose], whole.rows)
        full |= full_down & ~_has(row[(value > 0) | loose], whole.rows)
        at = np.flatnonzero(full[row])
        if not len(at):
            break
        holder = np.full(whole.columns, -1)
        holder[column[at]] = at
        held = holder[holder >= 0]
        passes.append(_Held(row[held], column[held], value[held]))
        out[column[held]] = True
        left = np.flatnonzero(~out[column])
        row, column, value = row[left], column[left], value[left]
    speaks = _has(row, whole.rows)
    below = (low > _BROKEN * np.maximum(1.0, np.abs(whole.row_lower))) & np.isfinite(low)
    above = (high < -_BROKEN * np.maximum(1.0, np.abs(whole.row_upper))) & np.isfinite(high)
    broken = bool(((below | above) & ~speaks).any())
    rows = np.flatnonzero(speaks & (np.isfinite(low) | np.isfinite(high)))
    columns = np.flatnonzero(~out)
    cut = _cut(replace(whole, row_lower=low, row_upper=high), row, column, value, rows, columns)
    return Reduced(whole, layout, cut, columns, rows, settled, tuple(passes), broken)


def _has(row: Places, rows: int) -> Flags:
    """(rows,) whether an entry stands in each."""
    has = np.zeros(rows, dtype=np.bool_)
    has[row] = True
    return has


def _cut(
    whole: Arrays, row: Places, column: Places, value: Floats, rows: Places, columns: Places
) -> Arrays:
    """Some rows and columns of a program, whose entries that are left come in order of rows."""
    place = np.full(whole.columns, -1, dtype=np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    wanted = np.zeros(whole.rows, dtype=np.bool_)
    wanted[rows] = True
    at = wanted[row]
    count = np.bincount(row, minlength=whole.rows)[rows]
    return Arrays(
        cost=whole.cost[columns],
        lower=whole.lower[columns],
        upper=whole.upper[columns],
        integer=whole.integer[columns],
        row_lower=whole.row_lower[rows],
        row_upper=whole.row_upper[rows],
        start=np.concatenate([[0], np.cumsum(count)]).astype(np.int32),
        index=place[column[at]],
        value=value[at],
    )
