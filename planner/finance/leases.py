"""Lease liability: what is still owed, period by period, for terms that were signed.

A reservation or lease owes its price for every period of its term, risen as the contract says and
less what was prepaid; what may be ended early against a fee is shown as if it ran on. An extension
is a term of its own, owed once it has begun. What falls past the horizon is owed all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.accounts.hosting import unpaid_usd
from planner.accounts.obligation import PER_TERM
from planner.catalog.terms.extend import Extension
from planner.finance.cohorts import held_by_period
from planner.finance.ledger import ZERO
from planner.program.build import Program
from planner.solver.arrays import Floats
from planner.timeline import SHARE_OF_PERIOD


@dataclass(frozen=True)
class Liability:
    """Present value, at a period's end, of what is still owed under terms that have begun (USD)."""

    period: str
    liability_usd: float


@dataclass(frozen=True)
class _Term:
    """A term in period ``begins``. usd: owed by one system in each of its periods; held: systems by period of the horizon."""

    begins: int
    usd: tuple[float, ...]
    held: tuple[float, ...]


def owed_usd(usd: Sequence[float], rate: float, years: float) -> float:
    """Worth now of payments in the middle of each of the next periods (USD).

    rate: per year; years: length of a period. Σ usd_k · (1 + r)^−(k + ½)·years, k = 0 …

    >>> owed_usd([100.0, 50.0], 0.0, 1.0)
    150.0
    >>> round(owed_usd([100.0, 100.0], 0.21, 1.0), 4)
    166.0406
    """
    middle = SHARE_OF_PERIOD["middle"]
    return sum(each * float((1 + rate) ** (-years * (k + middle))) for k, each in enumerate(usd))


def liabilities(program: Program, x: Floats, rate: float) -> list[Liability]:
    """What is owed when each period ends."""
    timeline = program.space.options.timeline
    terms = [*_signed(program, x), *_extended(program, x)]
    return [
        Liability(p.label, sum(_left(term, p.index, rate, timeline.years) for term in terms))
        for p in timeline.periods
    ]


def _left(term: _Term, period: int, rate: float, years: float) -> float:
    if period < term.begins:
        return 0.0
    return term.held[period] * owed_usd(term.usd[period + 1 - term.begins :], rate, years)


def _signed(program: Program, x: Floats) -> Iterator[_Term]:
    options = program.space.options
    for column, systems in zip(program.space.columns, map(float, x), strict=True):
        if column.kind != "deliver" or systems <= ZERO:
            continue
        offer, _, v = column.key
        offering = options.offerings[offer]
        if offering.ownership in PER_TERM:
            term = range(v, v + offering.held)
            usd = tuple(unpaid_usd(options, offering, v, period) for period in term)
            yield _Term(v, usd, held_by_period(program, x, column.key, systems))


def _extended(program: Program, x: Floats) -> Iterator[_Term]:
    options = program.space.options
    hours, count = options.timeline.hours, options.timeline.count
    for column, systems in zip(program.space.columns, map(float, x), strict=True):
        if column.kind != "extend" or systems <= ZERO:
            continue
        offer, _, v = column.key
        offering = options.offerings[offer]
        agreed = offering.terms.get(Extension)
        assert agreed is not None
        usd = offering.price_usd[v] * agreed.rate_share * hours
        yield _Term(v + offering.held, (usd,) * agreed.periods, (systems,) * count)
