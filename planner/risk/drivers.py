"""Drivers: every single thing that is drawn, in the order in which Sobol's dimensions are given out.

Dates are years after the as-of date; prices, amounts and speeds are factors on the scenario's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil, inf, log
from typing import Literal

import numpy as np
from scipy.special import ndtri

from planner.options.table import Options
from planner.quantities import DAYS_PER_YEAR, WEEKS_PER_YEAR
from planner.scenario.beliefs import Beliefs
from planner.scenario.beliefs.delivery import Slip
from planner.scenario.beliefs.price import Price
from planner.scenario.hazards.spell import Spell
from planner.solver.arrays import Floats

_EDGE = 1e-12
PRICES = ("hardware_price", "rental_price", "energy_price", "memory_price")


Law = Literal["date", "surprise", "factor"]
CERTAIN: dict[Law, float] = {"date": inf, "surprise": 0.0, "factor": 1.0}
"""What a driver turns out to be where nothing differs from the plan."""


@dataclass(frozen=True)
class Driver:
    """One dimension: its name, and what a score in (0, 1) turns out to be.

    law: a date that may never come (years), a surprise around 0, or a factor around 1.
    """

    name: str
    outcome: Callable[[Floats], Floats]
    law: Law = "surprise"

    def off_by(self, factor: float) -> Driver:
        """The same driver with what it turns out to be this much farther from the plan: dates come
        sooner, surprises are larger, factors go by that power.
        """
        if self.law == "date":
            return replace(self, outcome=lambda scores: self.outcome(scores) / factor)
        if self.law == "factor":
            return replace(self, outcome=lambda scores: self.outcome(scores) ** factor)
        return replace(self, outcome=lambda scores: self.outcome(scores) * factor)


def horizon_years(options: Options) -> float:
    """From the as-of date to the end of the horizon."""
    timeline = options.timeline
    return (timeline.end - timeline.as_of).days / DAYS_PER_YEAR


def drivers(beliefs: Beliefs, options: Options, models: tuple[str, ...]) -> list[Driver]:
    """Everything that is drawn; the date of the hybrids first.

    models: those that silicon is etched for, each with a life of its own.
    """
    return list(_drivers(beliefs, options, models))


def _drivers(beliefs: Beliefs, options: Options, models: tuple[str, ...]) -> Iterator[Driver]:
    displacement = beliefs.displacement
    if displacement is not None:
        yield Driver("hybrid", _ends(displacement.hybrid), "date")
        if displacement.attention_free is not None:
            yield Driver("attention_free", _ends(displacement.attention_free), "date")
        if displacement.back is not None:
            yield Driver("back", _ends(displacement.back), "date")
    if beliefs.supersession is not None:
        for model in models:
            yield Driver(f"supersession.{model}", _ends(beliefs.supersession.life), "date")
    if beliefs.demand is not None:
        yield Driver("demand", _normal(beliefs.demand.spread))
    if beliefs.memory is not None:
        yield Driver("memory", _lognormal(beliefs.memory.spread), "factor")
    for name in PRICES:
        price = getattr(beliefs, name)
        if price is not None:
            yield from _shocks(name, price, ceil(horizon_years(options)))
    if beliefs.slip is not None:
        for supplier in sorted({o.supplier for o in options.offerings.values() if o.fixed is None}):
            yield Driver(f"slip.{supplier}", _late(beliefs.slip))
    if beliefs.vendor_failure is not None:
        for vendor, spell in beliefs.vendor_failure.of.items():
            yield Driver(f"vendor_failure.{vendor}", _ends(spell), "date")
    if beliefs.shortfall is not None:
        for family in sorted({c.family for c in options.configurations.values()}):
            yield Driver(f"shortfall.{family}", _standard)
    if beliefs.optics is not None:
        yield Driver("optics", _lognormal(beliefs.optics.spread), "factor")


def _ends(spell: Spell) -> Callable[[Floats], Floats]:
    def outcome(scores: Floats) -> Floats:
        return np.array([spell.years(min(float(u), 1 - _EDGE)) for u in scores])

    return outcome


def _standard(scores: Floats) -> Floats:
    return np.asarray(ndtri(np.clip(scores, _EDGE, 1 - _EDGE)))


def _normal(spread: float) -> Callable[[Floats], Floats]:
    return lambda scores: spread * _standard(scores)


def _lognormal(spread: float) -> Callable[[Floats], Floats]:
    return lambda scores: np.exp(spread * _standard(scores))


def _late(slip: Slip) -> Callable[[Floats], Floats]:
    """Years late: the upper ``chance`` of scores slips, by an exponential time."""

    def outcome(scores: Floats) -> Floats:
        beyond = np.clip((1 - scores) / slip.chance, _EDGE, 1.0)
        return np.asarray(-np.log(beyond) * slip.mean / WEEKS_PER_YEAR)

    return outcome


def _shocks(name: str, price: Price, years: int) -> Iterator[Driver]:
    """One normal shock a year, and where scarcities come, one score a year that decides on them."""
    for year in range(years):
        yield Driver(f"{name}.{year}", _normal(price.volatility))
    if price.scarcity:
        for year in range(years):
            yield Driver(f"{name}.scarcity.{year}", _jumps(price))


def _jumps(price: Price) -> Callable[[Floats], Floats]:
    size = log(1 + price.jump)
    return lambda scores: np.where(scores > 1 - price.scarcity, size, 0.0)


def within_horizon(beliefs: Beliefs, options: Options, off: float = 1.0) -> float | None:
    """Probability that hybrids begin to displace inside the horizon; None where nobody believes any.

    off: by how much sooner dates come than believed.
    """
    if beliefs.displacement is None:
        return None
    return 1 - beliefs.displacement.hybrid.survival(horizon_years(options) * off)
