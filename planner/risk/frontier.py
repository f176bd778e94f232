"""The frontier: which chips a hedge orders as the hazard of displacement rises, and where each leaves.

One search for the first hazard; the others begin with its cuts and its decision, because both
belong to draws and not to their probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from planner.options.units import MEGAWATT, MUSD
from planner.risk.extensive import Decision
from planner.risk.functional import Functional, cvar
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.master import Cuts
from planner.risk.modes import two_stage
from planner.risk.requote import Quoted, difference, moved_cuts, requoted
from planner.risk.reweigh import at_hazard, in_year, weighed
from planner.risk.setting import Setting
from planner.risk.stage import TwoStage
from planner.risk.worth import mean_decision
from planner.solver.arrays import Floats

_PRESENT = 1e-4
"""Systems from which a chip counts as ordered."""
_LEFT = 0.1
"""Share of what is ordered at hazard 0 up to which a chip counts as gone: the last systems rest on a few
draws whose dates are late for their hazard."""
_SPECIAL = 3
"""Gradient above which a chip counts as specialised."""


@dataclass(frozen=True)
class Point:
    """The hedge at one belief.

    systems: offer -> systems ordered within the window. mw: gradient -> provisioned MW of them.
    draws: how many draws count: 1 / Σ p², all of them where they weigh alike.
    """

    cost_usd: float
    cvar_usd: float
    systems: dict[str, float]
    mw: dict[int, float]
    draws: float

    def share(self, gradient: int) -> float:
        """Share of the ordered power; 0 where nothing is ordered."""
        total = sum(self.mw.values())
        return self.mw.get(gradient, 0.0) / total if total > 0 else 0.0


@dataclass(frozen=True)
class Exit:
    """Where a specialised system leaves the orders of the window, all but a tenth of what hazard 0 orders.

    hazard_per_year: the bisected hazard; None where it is never ordered, infinite where it stays at
    the largest hazard tried.
    """

    system: str
    gradient: int
    hazard_per_year: float | None


class Frontier:
    """Hedges of one setting under one belief after the other."""

    def __init__(
        self,
        setting: Setting,
        functional: Functional,
        search: Search,
        window_years: float | None = None,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.setting, self.functional, self.search, self.say = setting, functional, search, say
        self.problem = two_stage(setting, "hedge", window_years)
        self.worlds = setting.worlds(self.problem.first)
        self.cuts = Cuts()
        self.begin = mean_decision(self.problem).x
        self.known: dict[float, Point] = {}

    def at(self, hazard_per_year: float) -> Point:
        """The hedge at a constant hazard."""
        if hazard_per_year not in self.known:
            found = self.under(at_hazard(self.setting, hazard_per_year))
            self.known[hazard_per_year] = found
            self.say(f"hazard {hazard_per_year:.4f} a year: {found.cost_usd / MUSD:,.2f} MUSD")
        return self.known[hazard_per_year]

    def decide(self, probabilities: Floats, functional: Functional | None = None) -> Decision:
        """The decision under any probabilities of the draws."""
        problem = self.problem_under(probabilities)
        decision = solve_lshaped(problem, functional or self.functional, self.begin, self.search, self.cuts)  # fmt: skip
        self.begin = decision.x
        return decision

    def under(self, probabilities: Floats, functional: Functional | None = None) -> Point:
        """The hedge under any probabilities of the draws."""
        decision = self.decide(probabilities, functional)
        mean = float(probabilities @ decision.costs)
        tail = cvar(decision.costs, probabilities, self.functional.alpha)
        systems, mw = self._ordered(decision.x)
        return Point(
            mean * MUSD, tail * MUSD, systems, mw, 1 / float(probabilities @ probabilities)
        )

    def years(self) -> dict[int, Point]:
        """The hedge if displacement surely began in each year of the horizon."""
        found = {}
        for year in sorted({period.year for period in self.setting.options.timeline.periods}):
            probabilities = in_year(self.setting, year)
            if probabilities is not None:
                found[year] = self.under(probabilities)
        return found

    def efficient(self, omegas: Sequence[float]) -> dict[float, Point]:
        """Expected cost against its tail, weight by weight, under the draws' own probabilities."""
        alpha = self.functional.alpha
        own = self.setting.draws.probabilities
        return {omega: self.under(own, Functional(omega, alpha)) for omega in omegas}

    def exits(self, largest: float, tolerance: float) -> list[Exit]:
        """Where each specialised system leaves, bisected to a tolerance (1/year)."""
        options = self.setting.options
        found = []
        systems = {c.system: c.gradient or 0 for c in options.configurations.values()}
        for system, gradient in sorted(systems.items(), key=lambda pair: (-pair[1], pair[0])):
            if gradient > _SPECIAL:
                found.append(Exit(system, gradient, self.exit(system, largest, tolerance)))
        return found

    def requoted(self, what: Quoted, share: float) -> Frontier:
        """The same draws with the window's orders of one system at a share of its price.

        The cuts found so far come along, moved.
        """
        other = copy(self)
        other.problem, other.worlds = requoted(self.problem, self.worlds, what, share)
        other.cuts = moved_cuts(self.cuts, difference(self.problem, other.problem))
        other.known = {}
        return other

    def exit(self, system: str, largest: float, tolerance: float) -> float | None:
        """The hazard at which a system leaves; None where it is never ordered, infinite where it stays."""
        if not self.ordered(0.0, system):
            return None
        tried = [hazard for hazard in sorted(self.known) if hazard < largest]
        gone = next((hazard for hazard in tried if not self.stays(hazard, system)), largest)
        stays = max(hazard for hazard in tried if hazard < gone)
        if self.stays(gone, system):
            return float("inf")
        while gone - stays > tolerance:
            middle = (stays + gone) / 2
            if self.stays(middle, system):
                stays = middle
            else:
                gone = middle
        return (stays + gone) / 2

    def ordered(self, hazard: float, system: str) -> bool:
        """Whether the hedge at a hazard orders any of a system within the window."""
        return self._systems(hazard, system) > _PRESENT

    def stays(self, hazard: float, system: str) -> bool:
        """Whether more than a trace is left at a hazard of what is ordered at none."""
        return self._systems(hazard, system) > max(_PRESENT, _LEFT * self._systems(0.0, system))

    def _systems(self, hazard: float, system: str) -> float:
        options = self.setting.options
        return sum(n for offer, n in self.at(hazard).systems.items() if options.of(offer).system == system)  # fmt: skip

    def problem_under(self, probabilities: Floats) -> TwoStage:
        """The decision before the same worlds under other probabilities."""
        return self.problem.with_worlds(weighed(self.worlds, probabilities))

    def _ordered(self, x: Floats) -> tuple[dict[str, float], dict[int, float]]:
        options, columns = self.setting.options, self.setting.base.program.space.columns
        systems: dict[str, float] = {}
        mw: dict[int, float] = {}
        for j, value in zip(self.problem.first_columns, np.maximum(x, 0.0), strict=True):
            if columns[j].kind != "deliver":
                continue
            offer = columns[j].key[0]
            configuration = options.of(offer)
            systems[offer] = systems.get(offer, 0.0) + float(value)
            power = float(value) * configuration.provisioned_kw / MEGAWATT
            gradient = configuration.gradient or 0
            mw[gradient] = mw.get(gradient, 0.0) + power
        return systems, mw
