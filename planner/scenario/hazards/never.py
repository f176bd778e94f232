"""A spell that does not end."""

from __future__ import annotations

from math import inf
from typing import Literal

from planner.scenario.hazards.spell import Spell


class Never(Spell):
    """S(t) = 1."""

    family: Literal["never"]
    """Which distribution."""

    def survival(self, years: float) -> float:
        """1, whenever."""
        return 1.0

    def years(self, chance: float) -> float:
        """Never."""
        return inf
