"""Target prices: what an offer that lost would have to ask, with the delivery it holds for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.finance.ledger import ZERO
from planner.plan.hot import ACQUISITIONS, Hot, period_of
from planner.plan.price.priced import PROOF, Point, Priced
from planner.plan.price.slope import Slope
from planner.plan.window import order_by, ordered_in_window

_LIKELY = 1e-3
"""First try this share below the highest price that the plan's own prices allow."""


@dataclass(frozen=True)
class Target:
    """The highest price at which an offer that lost would enter the plan.

    price_usd, asked_usd: per system (or system-hour) delivered in ``delivery`` at ``site``, the
    first to enter; order_by: its last day, or the last to take what is on paper. factor: price over asked price, the same for every
    delivery priced. quote_usd: that factor on the price of the first period. systems: entering
    at 1 % below. proven: re-solves at 1 % below and 1 % above showed it in and out.
    """

    factor: float
    price_usd: float
    asked_usd: float
    quote_usd: float
    delivery: str
    site: str
    order_by: str
    systems: float
    proven: bool


def window_part(hot: Hot, slope: Slope, offer: str) -> Slope:
    """The part of a slope whose deliveries are ordered in the decision window."""
    offering = hot.options.offerings[offer]
    mask = np.zeros(hot.arrays.columns, dtype=np.bool_)
    columns = hot.program.space.columns
    for position in slope.columns:
        period = period_of(columns[position])
        mask[position] = (
            period is not None
            and period >= offering.first
            and ordered_in_window(hot.options.timeline, offering, period)
        )
    return slope.only(mask)


def target(hot: Hot, slope: Slope, offer: str, at_most: float = 1.0) -> Target | None:
    """The target price of an offer whose columns in ``slope`` are unused in the plan.

    at_most: a factor above which it is known to stay out. None where even for nothing it would.
    """
    if slope.empty:
        return None
    without = hot.base.objective
    with hot.question():
        priced = Priced(hot, slope)
        inside = _first_inside(priced, Point(1.0, without, 0.0, hot.base), without, at_most)
        if inside is None:
            return None
        factor = priced.break_even(without, inside, outside=1.0)
        below, above = priced.at(factor * (1 - PROOF)), priced.at(factor * (1 + PROOF))
        proven = priced.lets_in(below, without) and not priced.lets_in(above, without)
        entering = below if below is not None and priced.lets_in(below, without) else inside
    return _described(hot, slope, offer, factor, entering, proven)


def _first_inside(priced: Priced, start: Point, without: float, at_most: float) -> Point | None:
    """Just below the bound of the plan's own prices where that lets it in, else farther down."""
    bound = min(priced.bound(start), at_most)
    if bound > 0:
        point = priced.at(bound * (1 - _LIKELY))
        if priced.lets_in(point, without):
            return point
    return priced.descend(start, without)


def _described(
    hot: Hot, slope: Slope, offer: str, factor: float, entering: Point, proven: bool
) -> Target | None:
    """The target in words and dates; None where it lets in less than can be told from nothing."""
    options, x = hot.options, entering.solution.x
    offering = options.offerings[offer]
    columns = hot.program.space.columns
    acquired = [
        int(position)
        for position in slope.columns
        if columns[position].kind in ACQUISITIONS and x[position] > ZERO
    ]
    if not acquired:
        return None
    first = min(acquired, key=lambda position: (period_of(columns[position]), -x[position]))
    period = period_of(columns[first])
    assert period is not None
    return Target(
        factor=factor,
        price_usd=factor * offering.price_usd[period],
        asked_usd=offering.price_usd[period],
        quote_usd=factor * offering.price_usd[0],
        delivery=options.timeline.periods[period].label,
        site=columns[first].key[1],
        order_by=order_by(options.timeline, offering, period).isoformat(),
        systems=float(x[acquired].sum()),
        proven=proven,
    )
