"""Published and hand-solvable two-stage programs, as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from planner.risk.stage import Bounds, TwoStage, World
from planner.solver.arrays import Arrays


def arrays(cost, matrix, row_lower, row_upper, lower=None, upper=None) -> Arrays:
    """Arrays from a dense matrix; columns are at least zero unless said otherwise."""
    cost = np.asarray(cost, dtype=float)
    csr = sparse.csr_matrix(np.asarray(matrix, dtype=float))
    return Arrays(
        cost=cost,
        lower=np.zeros(len(cost)) if lower is None else np.asarray(lower, dtype=float),
        upper=np.full(len(cost), np.inf) if upper is None else np.asarray(upper, dtype=float),
        integer=np.zeros(len(cost), dtype=bool),
        row_lower=np.asarray(row_lower, dtype=float),
        row_upper=np.asarray(row_upper, dtype=float),
        start=csr.indptr.astype(np.int32),
        index=csr.indices.astype(np.int32),
        value=csr.data,
    )


YIELDS = (2.5, 3.0, 20.0)
"""Tonnes an acre of wheat, corn and beets in a mean year."""


def farmer(probabilities: Sequence[float] = (1 / 3,) * 3) -> TwoStage:
    """Birge and Louveaux: acres now; purchases, sales and quota sales once the yields are known.

    Columns: acres of wheat, corn, beets; wheat and corn bought; wheat, corn sold; beets sold within
    the quota and beyond. Rows: land 500; 200 t wheat, 240 t corn needed; beets sold are grown.
    Yields are a fifth lower, mean, a fifth higher.
    """
    wheat, corn, beets = YIELDS
    matrix = [
        [1, 1, 1, 0, 0, 0, 0, 0, 0],
        [wheat, 0, 0, 1, 0, -1, 0, 0, 0],
        [0, corn, 0, 0, 1, 0, -1, 0, 0],
        [0, 0, beets, 0, 0, 0, 0, -1, -1],
    ]
    base = arrays(
        [150, 230, 260, 238, 210, -170, -150, -36, -10],
        matrix,
        [-np.inf, 200, 240, 0],
        [500, np.inf, np.inf, np.inf],
        upper=[np.inf] * 7 + [6000, np.inf],
    )
    worlds = [
        World(name, p, technology=_harvest(factor))
        for name, p, factor in zip(("poor", "mean", "good"), probabilities, (0.8, 1.0, 1.2), strict=True)
    ]  # fmt: skip
    return TwoStage(base, np.arange(9) < 3, worlds)


def _harvest(factor: float):
    extra = np.zeros((4, 9))
    for crop, tonnes in enumerate(YIELDS):
        extra[1 + crop, crop] = (factor - 1) * tonnes
    return sparse.csr_matrix(extra)


def newsvendor(cost: float, price: float, demands: Sequence[float]) -> TwoStage:
    """Papers bought now at ``cost``, sold at ``price`` up to the demand; demands equally likely.

    Columns: bought, sold. Rows: sold ≤ bought; sold ≤ demand.
    """
    base = arrays([cost, -price], [[-1, 1], [0, 1]], [-np.inf, -np.inf], [0, demands[0]])
    row = np.array([1], dtype=np.int32)
    worlds = [
        World(f"day {n}", 1 / len(demands), rows=Bounds(row, np.array([-np.inf]), np.array([float(d)])))
        for n, d in enumerate(demands)
    ]  # fmt: skip
    return TwoStage(base, np.array([True, False]), worlds)
