"""How much of a fabric's part a plan buys, and how far a figure of it may go."""

from __future__ import annotations

from collections.abc import Callable

from planner.options.rewire import share_of
from planner.plan.solved import Answer

NOTHING = 1e-6
"""Units below which a plan is without a part."""


def units_of(answer: Answer, part: str) -> float:
    """Units of a part that a plan buys."""
    space = answer.program.space
    units = 0.0
    for position, column in enumerate(space.columns):
        if column.kind == "deliver" and answer.x[position]:
            share = share_of(space.options, space.options.offerings[column.key[0]], part)
            units += share.units * float(answer.x[position]) if share else 0.0
    return units


def fabrics_bought(answer: Answer) -> frozenset[str]:
    """Fabrics of the systems that a plan buys."""
    options = answer.options
    return frozenset(
        options.of(column.key[0]).fabric
        for position, column in enumerate(answer.program.space.columns)
        if column.kind == "deliver"
        and answer.x[position] > NOTHING
        and options.offerings[column.key[0]].fixed is None
    )


def highest(holds: Callable[[float], bool], low: float, high: float, steps: int) -> float | None:
    """The largest value at which something holds that holds below and not at ``high``, by halving.

    >>> round(highest(lambda value: value < 3, 0, 4, 20), 3)
    3.0
    """
    if not holds(low):
        return None
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
