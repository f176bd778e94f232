"""A plan at another price of one offer, and where its least cost bends.

Least cost as a function of a price is concave: its slope is what is spent at that price. So a
tangent from where the offer is in meets the cost without it at or below the price that lets it
in, and stepping from tangent to tangent (Newton's method, or Dinkelbach's for ratios) reaches that
price from below in a few re-solves, whatever ties the plan holds. Where a price also stands in a
row (a budget), least cost is only nearly concave, and the steps are kept inside a bracket.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.plan.hot import Hot
from planner.plan.price.slope import Slope
from planner.solver.arrays import Floats
from planner.solver.highs import OPTIMAL, Solution

_STEPS = 40
_RELATIVE = 1e-9
"""Costs this near, relative to the plan's, are the same."""
_CLOSE = 1e-7
"""Factors this near are the same."""
_LEAST_STEP = 0.01
PROOF = 0.01
"""How far from a break-even its two sides are tried."""


@dataclass(frozen=True)
class Point:
    """Least cost at one factor of the asked price.

    spent: MUSD of present value (budget prices included) that scale with the price, at the asked price.
    """

    factor: float
    cost: float
    spent: float
    solution: Solution


class Priced:
    """The plan of a Hot session with part of its columns at a factor of their asked price.

    Use inside ``hot.question()``.
    """

    def __init__(self, hot: Hot, slope: Slope) -> None:
        self.hot, self.slope = hot, slope
        self.near = _RELATIVE * max(1.0, abs(hot.base.objective))

    def at(self, factor: float) -> Point | None:
        """The plan at a factor; None where that has no end or no plan."""
        slope, arrays = self.slope, self.hot.arrays
        self.hot.cost(slope.columns, arrays.cost[slope.columns] + (factor - 1) * slope.cost)
        if len(slope.rows):
            values = slope.own + (factor - 1) * slope.coefficients
            self.hot.coefficients(slope.rows, slope.entries, values, slope.own)
        solution = self.hot.solve()
        if solution.status != OPTIMAL:
            return None
        spent = float(slope.cost @ solution.x[slope.columns]) - float(
            (solution.dual[slope.rows] * slope.coefficients) @ solution.x[slope.entries]
        )
        return Point(factor, solution.objective, spent, solution)

    def bound(self, point: Point) -> float:
        """No factor above this, by the prices of ``point``, can let an unused column in."""
        slope, solution = self.slope, point.solution
        gain = np.zeros(self.hot.arrays.columns)
        gain[slope.columns] = slope.cost
        np.subtract.at(gain, slope.entries, solution.dual[slope.rows] * slope.coefficients)
        columns = slope.columns[gain[slope.columns] > 0]
        if not len(columns):
            return point.factor
        room = np.maximum(solution.reduced[columns], 0.0) / gain[columns]
        return float(point.factor - room.min())

    def lets_in(self, point: Point | None, without: float) -> bool:
        """Whether the offer lowers the cost below what it is ``without`` it (MUSD)."""
        return point is not None and point.cost < without - self.near and point.spent > 0

    def break_even(self, without: float, inside: Point, outside: float) -> float:
        """Highest factor at which the offer still lowers the cost, from a point where it does.

        without: least cost without the offer (MUSD). outside: a factor at which it does not.
        """
        for _ in range(_STEPS):
            step = (without - inside.cost) / inside.spent
            factor = min(inside.factor + step, outside)
            if factor - inside.factor <= _CLOSE * max(1.0, abs(factor)):
                return factor
            point = self.at(factor)
            if point is None or not self.lets_in(point, without):
                if self.slope.rows.size == 0 or outside - inside.factor <= _CLOSE:
                    return factor
                outside = factor
                middle = self.at((inside.factor + outside) / 2)
                if self.lets_in(middle, without):
                    assert middle is not None
                    inside = middle
                else:
                    outside = (inside.factor + outside) / 2
            else:
                inside = point
        return inside.factor

    def descend(self, start: Point, without: float) -> Point | None:
        """A point below ``start`` where the offer is in; None where even a free one is not."""
        point: Point | None = start
        factor, step = start.factor, _LEAST_STEP
        while factor > 0 and point is not None:
            factor = max(0.0, min(self.bound(point) - 1e-4, factor - step))
            step *= 2
            point = self.at(factor)
            if self.lets_in(point, without):
                return point
        return None


def used(x: Floats, columns: Floats) -> float:
    """Sum of some columns."""
    return float(x[columns].sum())
