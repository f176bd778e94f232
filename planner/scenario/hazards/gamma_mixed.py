"""A constant hazard that nobody knows: exponential, its rate drawn from a Gamma distribution."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.hazards.spell import Spell
from planner.scenario.quantity import PerYear, Ratio


class GammaMixed(Spell):
    """λ ~ Gamma(shape k, scale θ = mean / k), so S(t) = (1 + θt)^(−k)."""

    family: Literal["gamma"]
    """Which distribution."""
    mean: Annotated[PerYear, Field(gt=0)]
    """Mean hazard a year."""
    shape: Annotated[Ratio, Field(gt=0)]
    """k; the smaller, the less is known of the hazard."""

    @property
    def _scale(self) -> float:
        return self.mean / self.shape

    def survival(self, years: float) -> float:
        """(1 + θt)^(−k).

        >>> belief = GammaMixed(family="gamma", basis="public odds", mean="0.07 1/year", shape=1.2)
        >>> round(belief.survival(5.0), 6)
        0.735562
        """
        return float((1 + self._scale * years) ** -self.shape)

    def years(self, chance: float) -> float:
        """((1 − u)^(−1/k) − 1) / θ."""
        return float(((1 - chance) ** (-1 / self.shape) - 1) / self._scale)
