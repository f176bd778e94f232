"""Many draws in a few figures: means, quantiles and tails under the draws' own probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.risk.draws import Draws
from planner.risk.functional import cvar, value_at_risk
from planner.solver.arrays import Floats

_SAME = 1e-9
_DRAWS_PER_DRIVER = 4
"""Fewer draws than this for each driver say nothing of which one it was."""


@dataclass(frozen=True)
class Distribution:
    """mean, 5th, 50th and 95th percentile, and the mean of the dearest 1 − α."""

    mean: float
    p5: float
    p50: float
    p95: float
    cvar: float


def distribution(values: Floats, probabilities: Floats, alpha: float) -> Distribution:
    """The figures of one quantity over the draws; both (draws,).

    >>> found = distribution(np.arange(1.0, 101.0), np.full(100, 0.01), 0.95)
    >>> found.p50, round(found.cvar, 6)
    (50.0, 98.0)
    """
    return Distribution(
        mean=float(probabilities @ values),
        p5=value_at_risk(values, probabilities, 0.05),
        p50=value_at_risk(values, probabilities, 0.50),
        p95=value_at_risk(values, probabilities, 0.95),
        cvar=cvar(values, probabilities, alpha),
    )


@dataclass(frozen=True)
class Driven:
    """How far a driver moves the cost.

    change_usd: change of cost when the driver goes from low to high by one standard deviation of
    its ranks, others held.
    """

    driver: str
    change_usd: float


def spread(costs_usd: Floats, draws: Draws) -> tuple[list[Driven], float]:
    """What drives the spread: weighted regression of cost on the drivers' ranks, and its adjusted R².

    Ranks, because dates may be never and prices are skewed. Largest first; empty where there are
    too few draws to tell the drivers apart.
    """
    if len(draws) < _DRAWS_PER_DRIVER * len(draws.names):
        return [], 0.0
    ranks = np.column_stack([_ranks(draws.values[:, k]) for k in range(len(draws.names))])
    varies = np.flatnonzero(ranks.std(axis=0) > _SAME)
    weight = np.sqrt(draws.probabilities)[:, None]
    design = np.column_stack([np.ones(len(draws)), ranks[:, varies]])
    fitted, *_ = np.linalg.lstsq(design * weight, costs_usd * weight[:, 0], rcond=None)
    predicted = design @ fitted
    mean = draws.probabilities @ costs_usd
    total = draws.probabilities @ (costs_usd - mean) ** 2
    left = draws.probabilities @ (costs_usd - predicted) ** 2
    found = [Driven(draws.names[k], float(b)) for k, b in zip(varies, fitted[1:], strict=True)]
    freedom = (len(draws) - 1) / (len(draws) - len(varies) - 1)
    explained = 1 - freedom * left / total if total > 0 else 0.0
    return sorted(found, key=lambda each: -abs(each.change_usd)), float(explained)


def _ranks(values: Floats) -> Floats:
    """Ranks of mean 0 and standard deviation 1; equal values share theirs."""
    from scipy.stats import rankdata

    ranks = np.asarray(rankdata(values), dtype=float)
    deviation = ranks.std()
    return (ranks - ranks.mean()) / deviation if deviation > 0 else ranks * 0.0
