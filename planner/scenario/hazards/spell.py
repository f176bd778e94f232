"""What every family of spells answers."""

from __future__ import annotations

from abc import abstractmethod

from planner.catalog.fact import Strict


class Spell(Strict):
    """How long it lasts from the as-of date on, as a distribution."""

    basis: str
    """Where the figures come from, and how far they may be off."""

    @abstractmethod
    def survival(self, years: float) -> float:
        """Probability that it has not ended by then; 1 at 0, never rising."""

    @abstractmethod
    def years(self, chance: float) -> float:
        """When it has ended with this probability, in [0, 1); infinite where it never gets there."""
