"""A hazard that is constant between years: what to believe when the next years differ from the later."""

from __future__ import annotations

from math import exp, inf, log
from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from planner.scenario.hazards.spell import Spell
from planner.scenario.quantity import PerYear


class Piecewise(Spell):
    """S(t) = e^(−H(t)), H the hazard accumulated up to t; the last hazard holds ever after."""

    family: Literal["piecewise"]
    """Which distribution."""
    hazards: dict[float, PerYear] = Field(min_length=1)
    """Years after the as-of date from which each hazard holds; the first is 0."""

    @field_validator("hazards", mode="after")
    @classmethod
    def _begins_now(cls, hazards: dict[float, float]) -> dict[float, float]:
        if list(hazards) != sorted(hazards) or next(iter(hazards)) != 0:
            raise PydanticCustomError("DOC005", "the hazards begin at 0 and are in order of time")
        if min(hazards.values()) < 0:
            raise PydanticCustomError("DOC007", "a hazard is negative")
        return hazards

    def _pieces(self) -> list[tuple[float, float, float]]:
        starts = list(self.hazards)
        ends = [*starts[1:], inf]
        return [(a, b, self.hazards[a]) for a, b in zip(starts, ends, strict=True)]

    def survival(self, years: float) -> float:
        """e^(−Σ hazard · time spent in its piece).

        >>> belief = Piecewise(family="piecewise", basis="a guess", hazards={0: "0.1 1/year", 2: "0.3 1/year"})
        >>> round(belief.survival(3.0), 6)
        0.606531
        """
        return exp(-sum(h * (min(years, b) - a) for a, b, h in self._pieces() if years > a))

    def years(self, chance: float) -> float:
        """The t at which the accumulated hazard is −ln(1 − u)."""
        left = -log(1 - chance)
        for a, b, hazard in self._pieces():
            if hazard and left <= hazard * (b - a):
                return a + left / hazard
            left -= hazard * (b - a) if hazard else 0.0
        return inf
