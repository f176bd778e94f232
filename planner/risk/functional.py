"""What is minimised over worlds: (1 − ω) · mean + ω · CVaR_α of total cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.errors import Usage
from planner.solver.arrays import Floats


@dataclass(frozen=True)
class Functional:
    """A weight on the tail and where the tail begins.

    omega: weight of the tail, 0 (the mean alone) to 1. alpha: confidence level; 0.95 is the mean
    of the dearest 5 % of worlds.

    Raises Usage (RSK002) for a weight outside [0, 1] or a level outside (0, 1).
    """

    omega: float = 0.0
    alpha: float = 0.95

    def __post_init__(self) -> None:
        if not 0 <= self.omega <= 1:
            raise Usage(f"RSK002: the weight omega lies in [0, 1], not at {self.omega:g}")
        if not 0 < self.alpha < 1:
            hint = "0.95 means the dearest 5 % of worlds; for the mean alone set omega to 0"
            raise Usage(f"RSK002: alpha lies between 0 and 1, not at {self.alpha:g}; {hint}")

    def value(self, costs: Floats, probabilities: Floats) -> float:
        """The functional of one cost per world; both (worlds,).

        >>> Functional(0.5, 0.5).value(np.array([1.0, 3.0]), np.array([0.5, 0.5]))
        2.5
        """
        mean = float(probabilities @ costs)
        if not self.omega:
            return mean
        return (1 - self.omega) * mean + self.omega * cvar(costs, probabilities, self.alpha)


def value_at_risk(costs: Floats, probabilities: Floats, alpha: float) -> float:
    """The least cost that worlds of total probability α do not exceed.

    >>> value_at_risk(np.array([4.0, 1.0, 2.0, 3.0]), np.full(4, 0.25), 0.5)
    2.0
    """
    order = np.argsort(costs, kind="stable")
    reached = np.cumsum(probabilities[order])
    at = min(int(np.searchsorted(reached, alpha - 1e-12)), len(order) - 1)
    return float(costs[order[at]])


def cvar(costs: Floats, probabilities: Floats, alpha: float) -> float:
    """Mean of the dearest 1 − α of worlds: min over η of η + Σ p · (cost − η)+ / (1 − α).

    The minimum stands at the value at risk. Rockafellar and Uryasev (2000).

    >>> cvar(np.array([4.0, 1.0, 2.0, 3.0]), np.full(4, 0.25), 0.5)
    3.5
    """
    eta = value_at_risk(costs, probabilities, alpha)
    return eta + float(probabilities @ np.maximum(costs - eta, 0.0)) / (1 - alpha)
