"""Correlation: two beliefs whose normal scores move together (Gaussian copula)."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from planner.catalog.fact import Strict

Matrix = NDArray[np.float64]
_LEAST = 1e-9
"""Least eigenvalue of a matrix whose root is taken."""

Driver = Literal[
    "hybrid",
    "attention_free",
    "supersession",
    "demand",
    "memory",
    "hardware_price",
    "rental_price",
    "energy_price",
    "memory_price",
    "slip",
    "vendor_failure",
    "shortfall",
    "optics",
]
"""What can be correlated; of a price path, its first and every later year's shock."""


class Correlation(Strict):
    """One pair; pairs not named are independent, mechanisms aside."""

    between: tuple[Driver, Driver]
    """The two."""
    rho: float = Field(ge=-1, le=1)
    """Correlation of their normal scores."""
    basis: str
    """Where it comes from."""


def correlation_matrix(names: Sequence[str], pairs: Sequence[Correlation]) -> Matrix:
    """The matrix over drawn names; a pair holds for every name of both groups.

    Two paths of prices correlate year by year. What is drawn once correlates with the sum of a
    path's shocks: with each of k years by rho / √k.

    >>> pair = Correlation(between=("demand", "memory"), rho=0.5, basis="a guess")
    >>> correlation_matrix(["demand", "memory", "slip.acme"], [pair])[0].tolist()
    [1.0, 0.5, 0.0]
    """
    matrix = np.eye(len(names))
    for pair in pairs:
        for i, first in enumerate(names):
            for j, second in enumerate(names):
                if {first.partition(".")[0], second.partition(".")[0]} != set(pair.between):
                    continue
                if i != j and _meet(first, second):
                    matrix[i, j] = pair.rho / sqrt(_years_between(names, first, second))
    return matrix


def _years_between(names: Sequence[str], first: str, second: str) -> int:
    """How many shocks share one correlation: the years of a path that meets what is drawn once."""
    paths = [name for name in (first, second) if name.rpartition(".")[2].isdigit()]
    if len(paths) != 1:
        return 1
    group = paths[0].rpartition(".")[0]
    return sum(name.rpartition(".")[0] == group for name in names)


def _meet(first: str, second: str) -> bool:
    """Whether two drawn names share a year, or at most one of them has one."""
    one, other = (name.rpartition(".")[2] for name in (first, second))
    scarcity = "scarcity" in first or "scarcity" in second
    return not scarcity and (one == other or not (one.isdigit() and other.isdigit()))


def nearest(matrix: Matrix) -> Matrix:
    """The correlation matrix nearest to a symmetric one: negative eigenvalues lifted, diagonal 1."""
    values, vectors = np.linalg.eigh(matrix)
    lifted = (vectors * np.maximum(values, _LEAST)) @ vectors.T
    scale = np.sqrt(np.diag(lifted))
    return np.asarray(lifted / np.outer(scale, scale))
