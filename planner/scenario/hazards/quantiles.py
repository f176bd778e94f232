"""Experts' quantiles: how likely the end is by some years, and a constant hazard in between."""

from __future__ import annotations

from itertools import pairwise
from math import exp, inf, log
from typing import Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from planner.scenario.hazards.spell import Spell
from planner.scenario.quantity import Share


class Quantiles(Spell):
    """S passes through the quantiles; log-linear between them, the last hazard holds ever after."""

    family: Literal["quantiles"]
    """Which distribution."""
    chances: dict[float, Share] = Field(min_length=1)
    """Years after the as-of date -> probability that it has ended by then."""

    @field_validator("chances", mode="after")
    @classmethod
    def _rise(cls, chances: dict[float, float]) -> dict[float, float]:
        points = [(0.0, 0.0), *chances.items()]
        for (early, less), (late, more) in pairwise(points):
            if late <= early or more <= less or more >= 1:
                what = "the chances rise with the years, from above 0 to below 1"
                raise PydanticCustomError("DOC005", "{what}", {"what": what})
        return chances

    def _pieces(self) -> list[tuple[float, float, float]]:
        """(from, to, hazard)"""
        points = [(0.0, 0.0), *self.chances.items()]
        pieces = [
            (a, b, (log(1 - p) - log(1 - q)) / (b - a)) for (a, p), (b, q) in pairwise(points)
        ]
        first, _, hazard = pieces[-1]
        return [*pieces[:-1], (first, inf, hazard)]

    def survival(self, years: float) -> float:
        """e^(−accumulated hazard).

        >>> belief = Quantiles(family="quantiles", basis="a poll", chances={2: "10 %", 5: "40 %"})
        >>> round(belief.survival(2.0), 6), round(belief.survival(5.0), 6)
        (0.9, 0.6)
        """
        return exp(-sum(h * (min(years, b) - a) for a, b, h in self._pieces() if years > a))

    def years(self, chance: float) -> float:
        """The t at which the accumulated hazard is −ln(1 − u)."""
        left = -log(1 - chance)
        for a, b, hazard in self._pieces():
            if left <= hazard * (b - a):
                return a + left / hazard
            left -= hazard * (b - a)
        return inf
