"""Questions to tiny worlds: a warm session on one, and how its prices scale."""

from __future__ import annotations

from dataclasses import replace

from planner.options.table import Options
from planner.plan.hot import Hot
from planner.plan.price.slope import Slope, slopes
from planner.plan.solved import Solved, solve


def solved(options: Options) -> Solved:
    """The plan of a world."""
    return solve(options)


def hot(options: Options) -> Hot:
    """A warm session on a world."""
    return Hot.of(solve(options))


def priced(options: Options, offer: str, factor: float) -> Options:
    """The world with one offer at a factor of its price."""
    offering = options.offerings[offer]
    prices = tuple(usd * factor for usd in offering.price_usd)
    return replace(
        options, offerings={**options.offerings, offer: replace(offering, price_usd=prices)}
    )


def slope_of(options: Options, session: Hot, offer: str) -> Slope:
    """What scales with the price of one offer."""
    twice = options
    for name in options.offerings:
        twice = priced(twice, name, 2.0)
    return slopes(session.program, twice)[offer]


def ordered(options: Options, offer: str) -> float:
    """Systems of an offer in the plan, solved from nothing."""
    answer = solve(options)
    return sum(
        float(value)
        for column, value in zip(answer.program.space.columns, answer.x, strict=True)
        if column.kind in ("deliver", "rent") and column.key[0] == offer
    )
