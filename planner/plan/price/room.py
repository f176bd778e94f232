"""Room to rise: how far the price of an offer that won may go before it shrinks, and leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.plan.hot import Hot
from planner.plan.price.priced import Point, Priced
from planner.plan.price.slope import Slope
from planner.solver.highs import OPTIMAL

_TRIES = 12
_FARTHEST = 64.0
"""Beyond this many times its price nobody negotiates."""


@dataclass(frozen=True)
class Room:
    """Factors of the asked price. None: no plan lets it leave (or it never shrinks).

    shrinks: up to here the plan stays as it is; leaves: from here on it is out;
    without_usd: what doing without it costs, None where there is no plan without it.
    """

    shrinks: float | None
    leaves: float | None
    without_musd: float | None


def room(hot: Hot, slope: Slope, offer: str) -> Room | None:
    """The room above an offer that is in the plan; None where nothing scales with its price."""
    if slope.empty:
        return None
    with hot.question():
        closable = hot.columns_of[offer]
        hot.close(closable)
        closed = hot.solve()
    without = closed.objective if closed.status == OPTIMAL else None
    with hot.question():
        priced = Priced(hot, slope)
        here = priced.at(1.0)
        assert here is not None
        leaves = None
        if without is not None and here.spent > 0:
            leaves = 1.0
            if priced.lets_in(here, without):
                leaves = priced.break_even(without, here, outside=np.inf)
        shrinks = _first_bend(priced, here, leaves or _FARTHEST)
    cost = None if without is None else without - hot.base.objective
    return Room(shrinks, leaves, cost)


def _first_bend(priced: Priced, here: Point, far: float) -> float | None:
    """Highest factor up to which least cost follows its tangent at ``here``: the plan still holds."""
    upper = priced.at(far)
    for _ in range(_TRIES):
        if upper is None:
            return None
        on_tangent = here.cost + here.spent * (upper.factor - here.factor)
        if upper.cost >= on_tangent - priced.near:
            return upper.factor if upper.factor < _FARTHEST else None
        gap = here.spent - upper.spent
        if gap <= 0:
            return here.factor
        meets = upper.factor - (on_tangent - upper.cost) / gap
        if meets <= here.factor or upper.factor - meets < 1e-7:
            return max(here.factor, meets)
        upper = priced.at(meets)
    return None if upper is None else upper.factor
