"""Lease liability: what is still owed, period by period, for terms that were signed.

A reservation or lease owes its price for every period of its term; what may be ended early against
a fee is shown as if it ran on. What falls past the horizon is owed all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.finance.cohorts import held_by_period
from planner.finance.ledger import ZERO
from planner.options.table import Offering, Options
from planner.program.build import Program
from planner.solver.arrays import Floats
from planner.timeline import SHARE_OF_PERIOD

_TERMED = ("reserve", "lease")
"""Kinds of ownership whose holder owes for a whole term."""


@dataclass(frozen=True)
class Liability:
    """Present value, at a period's end, of what is still owed under terms that have begun (USD)."""

    period: str
    liability_usd: float


@dataclass(frozen=True)
class _Signed:
    offering: Offering
    site: str
    period: int
    systems: float
    held: tuple[float, ...]
    usd_per_period: float


def liability_of_term(usd_per_period: float, periods: int, rate: float, years: float) -> float:
    """Worth now of equal payments in the middle of each of the next ``periods`` periods (USD).

    rate: per year; years: length of a period. Σ usd · (1 + r)^−(k + ½)·years, k = 0 … periods − 1.

    >>> liability_of_term(100.0, 2, 0.0, 1.0)
    200.0
    >>> round(liability_of_term(100.0, 2, 0.21, 1.0), 4)
    166.0406
    """
    middle = SHARE_OF_PERIOD["middle"]
    return sum(
        usd_per_period * float((1 + rate) ** (-years * (k + middle))) for k in range(periods)
    )


def liabilities(program: Program, x: Floats, rate: float) -> list[Liability]:
    """What is owed when each period ends."""
    options = program.space.options
    signed = list(_signed(program, x))
    return [
        Liability(period.label, sum(_left(options, s, period.index, rate) for s in signed))
        for period in options.timeline.periods
    ]


def _left(options: Options, signed: _Signed, period: int, rate: float) -> float:
    if period < signed.period:
        return 0.0
    periods = max(0, signed.period + signed.offering.held - 1 - period)
    each = liability_of_term(signed.usd_per_period, periods, rate, options.timeline.years)
    return signed.held[period] * each


def _signed(program: Program, x: Floats) -> list[_Signed]:
    space = program.space
    options = space.options
    found = []
    for column, systems in zip(space.columns, map(float, x), strict=True):
        if column.kind != "deliver" or systems <= ZERO:
            continue
        offer, site, v = column.key
        offering = options.offerings[offer]
        if offering.ownership not in _TERMED:
            continue
        usd = offering.price_usd[v] * options.timeline.hours
        held = held_by_period(program, x, column.key, systems)
        found.append(_Signed(offering, site, v, systems, held, usd))
    return found
