"""A spell whose length is log-normal, and which has lasted some years already."""

from __future__ import annotations

from math import exp, inf, log
from statistics import NormalDist
from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.hazards.spell import Spell
from planner.scenario.quantity import Ratio, Years

_NORMAL = NormalDist()


class Lognormal(Spell):
    """S(t) = P(L > age + t | L > age), ln L normal."""

    family: Literal["lognormal"]
    """Which distribution."""
    median: Annotated[Years, Field(gt=0)]
    """Median length of such a spell."""
    sigma: Annotated[Ratio, Field(gt=0)]
    """Standard deviation of its logarithm."""
    age: Years = 0.0
    """How long it has lasted on the as-of date."""

    def _lasts(self, years: float) -> float:
        if years <= 0:
            return 1.0
        return 1 - _NORMAL.cdf(log(years / self.median) / self.sigma)

    def survival(self, years: float) -> float:
        """P(L > age + t) / P(L > age).

        >>> spell = Lognormal(family="lognormal", basis="six past spells", median="10.5 year", sigma=0.66, age="9.4 year")
        >>> round(spell.survival(5.0), 3)
        0.558
        """
        return self._lasts(self.age + years) / self._lasts(self.age)

    def years(self, chance: float) -> float:
        """The t at which survival is 1 − u."""
        left = (1 - chance) * self._lasts(self.age)
        if left <= 0:
            return inf
        if left >= 1:
            return 0.0
        return max(0.0, exp(self.sigma * _NORMAL.inv_cdf(1 - left)) * self.median - self.age)
