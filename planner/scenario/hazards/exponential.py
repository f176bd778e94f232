"""A constant hazard: the end is as likely this year as any other."""

from __future__ import annotations

from math import exp, inf, log
from typing import Annotated, Literal

from pydantic import Field

from planner.scenario.hazards.spell import Spell
from planner.scenario.quantity import PerYear


class Exponential(Spell):
    """S(t) = e^(−λt)."""

    family: Literal["exponential"]
    """Which distribution."""
    hazard: Annotated[PerYear, Field(ge=0)]
    """λ, a year."""

    def survival(self, years: float) -> float:
        """e^(−λt).

        >>> sure = Exponential(family="exponential", basis="a guess", hazard="0.1 1/year")
        >>> round(sure.survival(5.0), 6)
        0.606531
        """
        return exp(-self.hazard * years)

    def years(self, chance: float) -> float:
        """−ln(1 − u) / λ."""
        return -log(1 - chance) / self.hazard if self.hazard else (0.0 if chance == 0 else inf)
