"""From a draw to paths over the periods: shares of demand by state, prices, deliveries, speeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isinf

import numpy as np

from planner.options.table import Options
from planner.quantities import DAYS_PER_YEAR
from planner.risk.draws import Draws
from planner.scenario.beliefs import Beliefs
from planner.scenario.beliefs.displacement import Displacement
from planner.scenario.beliefs.price import Price
from planner.solver.arrays import Floats


def s_curve(years: Floats, takeover: float) -> Floats:
    """Share that has switched ``years`` after the beginning: 3s² − 2s³, s = years / takeover in [0, 1].

    >>> s_curve(np.array([-1.0, 0.0, 1.0, 2.0, 5.0]), 2.0).tolist()
    [0.0, 0.0, 0.5, 1.0, 1.0]
    """
    if takeover == 0:
        return np.asarray((years >= 0).astype(float))
    s = np.clip(years / takeover, 0.0, 1.0)
    return np.asarray(3 * s**2 - 2 * s**3)


@dataclass(frozen=True)
class States:
    """Shares of one workload's demand by period (periods,): attention, hybrid, attention-free.

    superseded: share of the attention part that runs on the model's successor.
    """

    attention: Floats
    hybrid: Floats
    attention_free: Floats
    superseded: Floats


@dataclass(frozen=True)
class Paths:
    """Reads draws as paths over the periods of one Options value."""

    options: Options
    beliefs: Beliefs
    draws: Draws

    @cached_property
    def middle(self) -> Floats:
        """(periods,) years from the as-of date to the middle of each period."""
        timeline = self.options.timeline
        begins = [
            (period.start - timeline.as_of).days / DAYS_PER_YEAR for period in timeline.periods
        ]
        return np.array(begins) + timeline.years / 2

    def states(self, draw: int, workload: str, model: str) -> States:
        """How one workload's demand divides among architectures and models."""
        nothing = np.zeros(len(self.middle))
        hybrid, free = nothing, nothing
        displacement = self.beliefs.displacement
        if displacement is not None:
            hybrid, free = self._displaced(draw, displacement, workload)
        superseded = nothing
        if self.beliefs.supersession is not None:
            began = self.draws.get(draw, f"supersession.{model}", np.inf)
            superseded = self._since(began, self.beliefs.supersession.takeover)
        return States(1 - hybrid - free, hybrid, free, superseded)

    def _displaced(self, draw: int, belief: Displacement, workload: str) -> tuple[Floats, Floats]:
        takeover = belief.takeover_of.get(workload, belief.takeover)
        began = self.draws.get(draw, "hybrid", np.inf)
        gone = belief.at_most * self._since(began, takeover)
        gone = gone * (1 - self._since(began + self.draws.get(draw, "back", np.inf), takeover))
        free = self._since(began + self.draws.get(draw, "attention_free", np.inf), takeover)
        return gone * (1 - free), gone * free

    def _since(self, began: float, takeover: float) -> Floats:
        if isinf(began):
            return np.zeros(len(self.middle))
        return s_curve(self.middle - began, takeover)

    def displaced(self, draw: int) -> Floats:
        """(periods,) share of demand that attention has lost, at the general pace."""
        belief = self.beliefs.displacement
        if belief is None:
            return np.zeros(len(self.middle))
        hybrid, free = self._displaced(draw, belief, "")
        return hybrid + free

    def demand(self, draw: int) -> Floats:
        """(periods,) demand over the scenario's: e^(yearly surprise · years)."""
        return np.asarray(np.exp(self.draws.get(draw, "demand", 0.0) * np.maximum(self.middle, 0)))

    def memory(self, draw: int) -> Floats:
        """(periods,) what pools give over their amounts; displaced demand frees memory."""
        return np.asarray(self.draws.get(draw, "memory", 1.0) * (1 + self._relief(draw)))

    def _relief(self, draw: int) -> Floats:
        belief = self.beliefs.displacement
        return (belief.memory_relief if belief else 0.0) * self.displaced(draw)

    def price(self, draw: int, name: str) -> Floats:
        """(periods,) a price, or failures of optics, over the scenario's; memory is cheaper where hybrids need less of it."""
        if name == "optics":
            return np.full(len(self.middle), self.draws.get(draw, "optics", 1.0))
        belief: Price | None = getattr(self.beliefs, name)
        level = np.zeros(len(self.middle))
        if belief is not None:
            level = self._log_price(draw, name, belief)
        relief = self._relief(draw) if name == "memory_price" else 0.0
        return np.asarray(np.exp(level) * (1 - relief))

    def _log_price(self, draw: int, name: str, belief: Price) -> Floats:
        """x' = x · e^(−reversion) + shock + jump, a year at a time from the as-of date."""
        by_year, x, year = [], 0.0, 0
        while f"{name}.{year}" in self.draws.names:
            x *= float(np.exp(-belief.reversion))
            x += self.draws.get(draw, f"{name}.{year}", 0.0)
            x += self.draws.get(draw, f"{name}.scarcity.{year}", 0.0)
            by_year.append(x)
            year += 1
        at = np.clip(self.middle.astype(int), 0, len(by_year) - 1)
        return np.asarray(np.array(by_year)[at])

    def late(self, draw: int, supplier: str) -> int:
        """Whole periods that a supplier's deliveries serve late."""
        years = self.draws.get(draw, f"slip.{supplier}", 0.0)
        return round(years / self.options.timeline.years)

    def fails_from(self, draw: int, vendor: str) -> int:
        """First period in which a vendor delivers nothing; the number of periods where none."""
        years = self.draws.get(draw, f"vendor_failure.{vendor}", np.inf)
        begins = self.middle - self.options.timeline.years / 2
        return int(np.searchsorted(begins, years))

    def speed(self, draw: int, configuration: str, spread: float) -> float:
        """Speed over the plan's: e^(z · spread), one z per chip family, times what the vendor's claims were worth."""
        found = self.options.configurations[configuration]
        middle = 1.0
        if self.beliefs.shortfall is not None:
            claimed = any(rate.tier == "claimed" for rate in found.rates.values())
            middle = self.beliefs.shortfall.claims.get(found.vendor, 1.0) if claimed else 1.0
        return middle * float(
            np.exp(spread * self.draws.get(draw, f"shortfall.{found.family}", 0.0))
        )
