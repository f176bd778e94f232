"""Cohorts: what was delivered when, what it cost, how much of it is held in each period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.accounts.account import Key, registered
from planner.finance.ledger import ZERO
from planner.options.table import Options
from planner.program.build import Program
from planner.solver.arrays import Floats


@dataclass(frozen=True)
class Cohort:
    """Systems bought under one offer for one site in one period.

    period: of delivery. capital: account -> USD of one system, whenever it is paid. held: systems
    still held in each period of the horizon.
    """

    offer: str
    site: str
    period: int
    systems: float
    capital: dict[str, float]
    held: tuple[float, ...]

    @property
    def capital_usd(self) -> float:
        """Purchase and network of one system."""
        return sum(self.capital.values())


def cohorts(program: Program, x: Floats) -> list[Cohort]:
    """Every cohort with capital of its own; what was installed before is sunk and not among them."""
    space = program.space
    options = space.options
    accounts = [account for account in registered("deliver") if account.capital]
    found = []
    for column, systems in zip(space.columns, map(float, x), strict=True):
        if column.kind != "deliver" or systems <= ZERO:
            continue
        capital: dict[str, float] = defaultdict(float)
        for account in accounts:
            for payment in account.function(options, column.key):
                capital[account.name] += payment.usd
        if capital:
            offer, site, period = column.key
            held = held_by_period(program, x, column.key, systems)
            found.append(Cohort(offer, site, period, systems, dict(capital), held))
    return found


def held_by_period(program: Program, x: Floats, key: Key, systems: float) -> tuple[float, ...]:
    """Systems of one ``deliver`` column still held in each period of the horizon."""
    space = program.space
    offer, site, period = key
    options: Options = space.options
    offering = options.offerings[offer]
    last = min(period + offering.held, options.timeline.count)

    def standing(t: int) -> float:
        if not period <= t < last:
            return 0.0
        return float(x[space.at("own", offer, site, period, t)]) if offering.ends_early else systems

    return tuple(standing(t) for t in range(options.timeline.count))
