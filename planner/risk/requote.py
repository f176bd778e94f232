"""Another quote for some orders of the window: what changes in costs, and in the cuts known.

What is decided now costs the same in a world whatever comes later, so a cut found at one price
holds at another once its slope is moved by the difference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.options.table import Offering, Options
from planner.program.price import objective
from planner.risk.drawn import Drawn
from planner.risk.exposure import left_worth
from planner.risk.master import Cuts
from planner.risk.setting import Setting
from planner.risk.stage import TwoStage
from planner.risk.twins import RESPUN
from planner.solver.arrays import Floats


@dataclass(frozen=True)
class Quoted:
    """What of each cost hangs on the price of some offers, in orders of the window (MUSD at today's).

    price, left: (columns,) all of it, and the part that values what is left. bucket: the belief
    that moves it.
    """

    bucket: str
    price: Floats
    left: Floats


def quoted(setting: Setting, problem: TwoStage, offers: list[Offering]) -> Quoted:
    """Evaluate the accounts once more with the offers' price doubled; all bought, or all rented."""
    space = setting.base.program.space
    owned = any(offer.ownership == "own" for offer in offers)

    def twice(offering: Offering) -> Offering:
        if offering not in offers:
            return offering
        return replace(offering, price_usd=tuple(2 * usd for usd in offering.price_usd))

    doubled = {name: twice(offering) for name, offering in setting.options.offerings.items()}
    other = replace(space, options=replace(setting.options, offerings=doubled))
    price = np.array(objective(other)) - np.array(objective(space))
    left = left_worth(other) - left_worth(space)
    bucket = "hardware_price" if owned else "rental_price"
    return Quoted(bucket, price * problem.first, left * problem.first)


def offers_of(options: Options, system: str) -> list[Offering]:
    """Offers by which a system can still be bought; respun silicon has a price of its own."""
    return [
        offering
        for name, offering in options.offerings.items()
        if offering.paid_by_plan and options.of(name).system == system and RESPUN not in name
    ]


def requoted(problem: TwoStage, worlds: Drawn, what: Quoted, share: float) -> tuple[TwoStage, Drawn]:  # fmt: skip
    """The problem and its worlds with the window's orders of the offers at a share of their price."""
    less = (1 - share) * what.price
    base = replace(problem.base, cost=problem.base.cost - less)
    parts = {**worlds.exposure.parts}
    parts[what.bucket] = parts[what.bucket] - less
    left = worlds.exposure.left - (1 - share) * what.left
    moved = replace(worlds, base=base, exposure=replace(worlds.exposure, parts=parts, left=left))
    return replace(problem, base=base, worlds=moved), moved


def difference(before: TwoStage, after: TwoStage) -> Floats:
    """(worlds, first columns): how much dearer each order of now is in each world (MUSD a unit)."""
    now = before.first_columns
    pairs = zip(before.worlds, after.worlds, strict=True)
    return np.array([b.applied(after.base).cost[now] - a.applied(before.base).cost[now] for a, b in pairs])  # fmt: skip


def moved_cuts(cuts: Cuts, dearer: Floats) -> Cuts:
    """The cuts of the same worlds with orders of now dearer by (worlds, first columns)."""
    slope = [old + dearer[world] for world, old in zip(cuts.world, cuts.slope, strict=True)]
    return Cuts(list(cuts.world), list(cuts.level), slope)
