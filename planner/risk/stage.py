"""Two-stage programs: one set of arrays, which columns are decided now, and the worlds that may come.

A world is the base arrays with some row bounds, column bounds and costs changed, and where it must
be some coefficients (a late delivery serves later, a slow chip serves less). Columns and rows are
the same in every world, so one hot-started session serves them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from planner.errors import InvalidData, Problem, Usage
from planner.risk.reduced import Layout
from planner.solver.arrays import Arrays, Floats

_SUM_TOLERANCE = 1e-9
Places = NDArray[np.int32]


@dataclass(frozen=True)
class Bounds:
    """New lower and upper bounds of some rows or columns; all (k,)."""

    at: Places
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class Costs:
    """New costs of some columns; both (k,)."""

    at: Places
    value: Floats


@dataclass(frozen=True)
class World:
    """One way the world may turn out, as changes to the base arrays.

    technology: what is added to the matrix, (m, n); entries stand where the base has some.
    """

    name: str
    probability: float
    rows: Bounds | None = None
    columns: Bounds | None = None
    cost: Costs | None = None
    technology: sparse.csr_matrix[np.float64] | None = None

    def applied(self, base: Arrays) -> Arrays:
        """The arrays of this world alone."""
        lower, upper = _changed(base.lower, base.upper, self.columns)
        row_lower, row_upper = _changed(base.row_lower, base.row_upper, self.rows)
        cost = base.cost
        if self.cost is not None:
            cost = cost.copy()
            cost[self.cost.at] = self.cost.value
        arrays = replace(
            base, cost=cost, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper
        )
        if self.technology is None:
            return arrays
        matrix = sparse.csr_matrix(base.matrix + self.technology)
        return replace(
            arrays,
            start=matrix.indptr.astype(np.int32),
            index=matrix.indices.astype(np.int32),
            value=matrix.data,
        )


def _changed(lower: Floats, upper: Floats, change: Bounds | None) -> tuple[Floats, Floats]:
    if change is None:
        return lower, upper
    lower, upper = lower.copy(), upper.copy()
    lower[change.at], upper[change.at] = change.lower, change.upper
    return lower, upper


class Worlds(Protocol):
    """A sequence of worlds; it may make each only when it is asked for."""

    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, at: int) -> World: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[World]: ...
    def __iter__(self) -> Iterator[World]: ...


@dataclass(frozen=True)
class TwoStage:
    """minimise a functional of total cost over what is decided now, then over the rest by world.

    first: (n,) whether a column is decided before the world is known.

    Raises InvalidData (RSK001) where probabilities are negative or do not sum to 1, Usage (RSK007)
    for whole-unit columns: cuts hold for linear recourse only.
    """

    base: Arrays
    first: NDArray[np.bool_]
    worlds: Worlds

    def __post_init__(self) -> None:
        check_probabilities(self.probabilities)
        if self.base.integer.any():
            hint = "plan in whole units afterwards, with the hedged orders as limits"
            raise Usage(f"RSK007: a hedge is a relaxed plan, and this one asks for whole units; {hint}")  # fmt: skip
        if not self.first.any():
            raise Usage("RSK007: no order falls into the decision window, so there is nothing to hedge")  # fmt: skip

    @cached_property
    def probabilities(self) -> Floats:
        """(worlds,) how likely each is."""
        told = getattr(self.worlds, "probabilities", None)
        return np.array([world.probability for world in self.worlds]) if told is None else told

    @cached_property
    def first_columns(self) -> Places:
        return np.flatnonzero(self.first).astype(np.int32)

    @cached_property
    def layout(self) -> Layout:
        """Where the entries of every world's matrix stand."""
        return Layout(self.base)

    @cached_property
    def first_rows(self) -> NDArray[np.bool_]:
        """(m,) rows that speak of nothing but what is decided now."""
        return rows_of(self.base, self.first)

    @cached_property
    def implied(self) -> tuple[sparse.csr_matrix[np.float64], Floats, Floats]:
        """Rows on what is decided now that follow from rows it shares with later: (matrix (k, first), lower, upper).

        Where what comes later can only add to a row, what is decided now alone keeps its upper
        limit; where it can only take, its lower one. Without them a decision could leave no plan.
        """
        return implied_rows(self.base, self.first, self.first_rows)

    def with_worlds(self, worlds: Worlds) -> TwoStage:
        """The same decision before other worlds."""
        return replace(self, worlds=worlds)


def rows_of(base: Arrays, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(m,) rows that speak of these columns (n,) alone."""
    others = np.bincount(
        np.repeat(np.arange(base.rows), np.diff(base.start)),
        weights=~columns[base.index],
        minlength=base.rows,
    )
    return np.asarray(others == 0)


def implied_rows(
    base: Arrays, first: NDArray[np.bool_], alone: NDArray[np.bool_]
) -> tuple[sparse.csr_matrix[np.float64], Floats, Floats]:
    """What mixed rows say of the columns ``first`` (n,) by themselves; ``alone`` (m,) say so already."""
    matrix = base.matrix
    later = sparse.coo_matrix(matrix[:, ~first])
    lower, upper = base.lower[~first][later.col], base.upper[~first][later.col]
    adds = np.where(later.data > 0, lower, -upper) >= 0
    takes = np.where(later.data > 0, upper, -lower) <= 0
    only_adds, only_takes = np.ones(base.rows, np.bool_), np.ones(base.rows, np.bool_)
    only_adds[later.row[~adds]] = False
    only_takes[later.row[~takes]] = False
    mixed = ~alone & (np.diff(sparse.csr_matrix(matrix[:, first]).indptr) > 0)
    row_upper = np.where(only_adds, base.row_upper, np.inf)
    row_lower = np.where(only_takes, base.row_lower, -np.inf)
    kept = mixed & (np.isfinite(row_upper) | np.isfinite(row_lower))
    return sparse.csr_matrix(matrix[kept][:, first]), row_lower[kept], row_upper[kept]


def check_probabilities(probabilities: Floats) -> None:
    """InvalidData (RSK001) where probabilities (worlds,) are negative or do not sum to 1."""
    total = float(probabilities.sum())
    problems = [
        Problem(
            "RSK001",
            "worlds",
            str(number),
            f"a probability of {probabilities[number]:g} is negative",
        )
        for number in np.flatnonzero(probabilities < 0)
    ]
    if abs(total - 1) > _SUM_TOLERANCE:
        what = f"the probabilities of {len(probabilities)} worlds sum to {total:.6g}, not 1"
        problems.append(Problem("RSK001", "worlds", "probability", what, f"divide each by {total:.6g}"))  # fmt: skip
    if problems:
        raise InvalidData(problems)
