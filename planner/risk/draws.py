"""Draws: scrambled Sobol points turned into joint outcomes of every belief, saved and replayable.

The date of displacement is rare and decides, so half the draws fall inside the horizon and half
outside, each half with the probability of its stratum. Normal scores carry the correlations; the
date of the hybrids stands first, so that its stratification survives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, log2

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from planner.errors import InvalidData, Problem
from planner.risk.drivers import Driver
from planner.scenario.beliefs.correlation import Correlation, correlation_matrix, nearest
from planner.solver.arrays import Floats

_EDGE = 1e-12
"""Scores this near to 0 or 1 are moved inside, where the normal quantile is finite."""


@dataclass(frozen=True)
class Draws:
    """Joint outcomes: values (draws, drivers) under the drivers' names, and each draw's probability."""

    seed: int
    names: tuple[str, ...]
    values: Floats
    probabilities: Floats

    def __len__(self) -> int:
        return len(self.probabilities)

    @cached_property
    def _at(self) -> dict[str, int]:
        return {name: k for k, name in enumerate(self.names)}

    def get(self, draw: int, name: str, default: float) -> float:
        """One outcome; the default where nobody believes anything of it."""
        at = self._at.get(name)
        return default if at is None else float(self.values[draw, at])

    def under(self, prefix: str) -> list[str]:
        """Names of a group such as ``slip.``, without the prefix."""
        return [name.removeprefix(prefix) for name in self.names if name.startswith(prefix)]


def power_of_two(draws: int) -> int:
    """The least power of two that is not smaller; Sobol points are balanced only in such numbers.

    >>> power_of_two(1000), power_of_two(1024)
    (1024, 1024)
    """
    return int(2 ** ceil(log2(max(draws, 1))))


def draw(
    drivers: Sequence[Driver],
    correlations: Sequence[Correlation],
    count: int,
    seed: int,
    rare: float | None = None,
    paired: bool = False,
) -> Draws:
    """Draw every driver jointly.

    count: a power of two. rare: probability that the first driver's event falls inside the
    horizon; None where it is no event or certain either way. paired: whether every draw inside has
    a twin outside that differs in nothing but the date and what moves with it, so that another
    hazard compares like with like; half as many points of everything else are drawn then.

    Raises InvalidData (RSK009) where the drivers' correlations contradict each other.
    """
    if not drivers:
        return Draws(seed, (), np.zeros((count, 0)), np.full(count, 1 / count))
    points = qmc.Sobol(len(drivers), scramble=True, rng=np.random.default_rng(seed))
    divided = rare is not None and 0 < rare < 1
    twice = paired and divided and count > 1
    scores = points.random_base2(int(log2(count)) - twice)
    if twice:
        scores = np.vstack([scores, scores])
        scores[:, 0] = (scores[:, 0] + np.repeat([0.0, 1.0], count // 2)) / 2
    probabilities = np.full(count, 1 / count)
    if rare is not None and divided:
        scores[:, 0], probabilities = _stratified(scores[:, 0], rare)
    scores = _correlated(scores, [driver.name for driver in drivers], correlations)
    values = np.column_stack([driver.outcome(scores[:, k]) for k, driver in enumerate(drivers)])
    return Draws(seed, tuple(driver.name for driver in drivers), values, probabilities)


def _stratified(scores: Floats, rare: float) -> tuple[Floats, Floats]:
    """Half the scores below ``rare``, half above, and the probability of each."""
    inside = scores < 0.5
    moved = np.where(inside, 2 * scores * rare, rare + (2 * scores - 1) * (1 - rare))
    share = np.where(inside, rare / inside.sum(), (1 - rare) / (~inside).sum())
    return moved, share


def _correlated(scores: Floats, names: list[str], pairs: Sequence[Correlation]) -> Floats:
    if not pairs:
        return scores
    matrix = correlation_matrix(names, pairs)
    if np.linalg.eigvalsh(matrix)[0] < -1e-10:
        near = nearest(matrix)
        worst = np.unravel_index(np.abs(matrix - near).argmax(), matrix.shape)
        a, b = (names[int(k)] for k in worst)
        what = "the correlations contradict each other once every supplier, vendor and year has its own score"
        hint = (
            f"nearest that do not: {a} with {b} at {near[worst]:.2f} instead of {matrix[worst]:.2f}"
        )
        raise InvalidData([Problem("RSK009", "risk.beliefs", "correlations", what, hint)])
    lower = np.linalg.cholesky(nearest(matrix))
    normal = ndtri(np.clip(scores, _EDGE, 1 - _EDGE))
    return np.asarray(ndtr(normal @ lower.T))
