"""A spell whose end is known to the day."""

from __future__ import annotations

from typing import Literal

from planner.scenario.hazards.spell import Spell
from planner.scenario.quantity import Years


class Sure(Spell):
    """S(t) = 1 before the end, 0 after it."""

    family: Literal["sure"]
    """Which distribution."""
    after: Years
    """When it ends."""

    def survival(self, years: float) -> float:
        """1 before the end.

        >>> Sure(family="sure", basis="a stress test", after="2 year").survival(1.9)
        1.0
        """
        return 1.0 if years < self.after else 0.0

    def years(self, chance: float) -> float:
        """The end, whatever the chance."""
        return self.after
