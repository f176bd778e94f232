"""The functional as rows and columns: η and one excess per world above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from planner.risk.functional import Functional
from planner.solver.arrays import Arrays, Floats

Matrix = sparse.csr_matrix[np.float64]


@dataclass(frozen=True)
class Block:
    """Columns and rows before they have costs: bounds (n,), row bounds (m,), matrix (m, n)."""

    matrix: Matrix
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats


def priced(block: Block, total: Matrix, weights: Floats, functional: Functional) -> Arrays:
    """The arrays that minimise the functional of the worlds' costs.

    total: (worlds, n) gives each world's cost; weights: (worlds,) their probabilities.
    (1 − ω) Σ p cost + ω (η + Σ p excess / (1 − α)), excess_s ≥ cost_s − η, excess_s ≥ 0.
    """
    cost = np.asarray((1 - functional.omega) * (total.T @ weights)).ravel()
    if functional.omega:
        count = len(weights)
        cost = np.concatenate(
            [cost, [functional.omega], functional.omega * weights / (1 - functional.alpha)]
        )
        block = _with_excess(block, total, count)
    matrix = block.matrix
    matrix.sort_indices()
    return Arrays(
        cost=cost,
        lower=block.lower,
        upper=block.upper,
        integer=np.zeros(matrix.shape[1], dtype=np.bool_),
        row_lower=block.row_lower,
        row_upper=block.row_upper,
        start=matrix.indptr.astype(np.int32),
        index=matrix.indices.astype(np.int32),
        value=matrix.data,
    )


def _with_excess(block: Block, total: Matrix, count: int) -> Block:
    rows, free = block.matrix.shape[0], np.full(1 + count, np.inf)
    beside: Any = sparse.hstack([block.matrix, sparse.csr_matrix((rows, 1 + count))])
    parts: list[Any] = [-total, np.ones((count, 1)), sparse.eye(count)]
    above: Any = sparse.hstack(parts)
    return Block(
        matrix=sparse.csr_matrix(sparse.vstack([beside, above])),
        lower=np.concatenate([block.lower, [-np.inf], np.zeros(count)]),
        upper=np.concatenate([block.upper, free]),
        row_lower=np.concatenate([block.row_lower, np.zeros(count)]),
        row_upper=np.concatenate([block.row_upper, np.full(count, np.inf)]),
    )
