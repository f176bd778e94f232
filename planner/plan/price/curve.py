"""The price-entry curve of an offer: how much of it the plan takes at each price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.options.units import MUSD
from planner.plan.hot import ACQUISITIONS, Hot
from planner.plan.price.priced import Priced
from planner.plan.price.slope import Slope

_BARS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class CurvePoint:
    """One price: factor of the price asked, price of the first period, systems taken, the offer's share of all cost."""

    factor: float
    quote_usd: float
    systems: float
    cost_share: float
    cost_usd: float


def curve(hot: Hot, slope: Slope, offer: str, factors: Sequence[float]) -> list[CurvePoint]:
    """The plan at every factor of the offer's price; factors without a plan are left out."""
    offering, columns = hot.options.offerings[offer], hot.program.space.columns
    own = hot.columns_of[offer]
    taken = [position for position in own if columns[position].kind in ACQUISITIONS]
    points = []
    with hot.question():
        priced = Priced(hot, slope)
        cost = hot.arrays.cost.copy()
        for factor in factors:
            found = priced.at(factor)
            if found is None:
                continue
            cost[slope.columns] = hot.arrays.cost[slope.columns] + (factor - 1) * slope.cost
            x = found.solution.x
            spent = float(cost[own] @ x[own])
            share = spent / found.cost if found.cost > 0 else 0.0
            points.append(CurvePoint(factor, factor * offering.price_usd[0], float(x[taken].sum()), share, found.cost * MUSD))  # fmt: skip
    return points


def factors_around(target: float | None, count: int = 17) -> list[float]:
    """Factors to draw a curve over: from well below where it turns to well above what is asked."""
    turn = 1.0 if target is None else target
    return [float(factor) for factor in np.linspace(0.5 * turn, max(1.25, 1.5 * turn), count)]


def sparkline(values: Sequence[float]) -> str:
    """Values as a line of bars.

    >>> sparkline([0, 1, 4, 8])
    ' ▁▄█'
    """
    most = max(values, default=0.0)
    if most <= 0:
        return _BARS[0] * len(values)
    steps = len(_BARS) - 1
    return "".join(_BARS[min(steps, max(int(v > 0), round(v / most * steps)))] for v in values)
