"""What is read off each draw's plan where it is solved, so that plans need not travel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.options.table import Options
from planner.options.units import GTOK, MUSD
from planner.plan.headline import shed_hours
from planner.program.space import Space
from planner.quantities import MEGA, SECONDS_PER_HOUR
from planner.risk.drawn import Drawn
from planner.risk.setting import Setting
from planner.risk.twins import FREE, HYBRID
from planner.solver.arrays import Floats

USED = 1e-6
"""Systems from which an offer counts as in the mix."""


@dataclass(frozen=True)
class Reading:
    """One draw.

    penalty_usd, overrun_usd: present values, at the scenario's prices. mtok: present value of
    tokens served (Mtok). served_share: tokens served over tokens asked for. systems: (offers,)
    delivered and rented. stranded_usd: (offers,) present value of the book lost to displacement.
    """

    penalty_usd: float
    overrun_usd: float
    mtok: float
    served_share: float
    systems: Floats
    stranded_usd: Floats


@dataclass(frozen=True)
class Meter:
    """Weights of the columns, worked out once; ``meter(draw, x)`` is a few products.

    book: (owned columns, periods) present value of one unit's book as each period begins.
    """

    worlds: Drawn
    offers: tuple[str, ...]
    penalty: Floats
    overrun: Floats
    tokens: Floats
    shed: Floats
    asked: Floats
    delivered: NDArray[np.int32]
    delivered_offer: NDArray[np.int32]
    owned: NDArray[np.int32]
    owned_offer: NDArray[np.int32]
    book: Floats
    lost_hybrid: Floats
    lost_free: Floats

    def __call__(self, draw: int, x: Floats) -> Reading:
        count = len(self.offers)
        asked = float((self.asked * self.worlds.paths.demand(draw)).sum())
        hybrid, free = self.worlds.worth_lost(draw)
        loss = self.lost_hybrid[:, None] * hybrid + self.lost_free[:, None] * free
        fresh = np.maximum(np.diff(np.maximum.accumulate(loss, axis=1), axis=1, prepend=0.0), 0.0)
        stranded = x[self.owned] * (self.book * fresh[self.owned_offer]).sum(axis=1)
        return Reading(
            penalty_usd=float(self.penalty @ x) * MUSD,
            overrun_usd=float(self.overrun @ x) * MUSD,
            mtok=float(self.tokens @ x),
            served_share=1 - float(self.shed @ x) / asked,
            systems=np.bincount(self.delivered_offer, x[self.delivered], count).astype(float),
            stranded_usd=np.bincount(self.owned_offer, stranded, count).astype(float),
        )


def meter(setting: Setting, worlds: Drawn) -> Meter:
    """The meter of one setting."""
    space, options = setting.base.program.space, setting.options
    offers = tuple(options.offerings)
    place = {name: k for k, name in enumerate(offers)}
    columns = space.columns
    kinds = np.array([column.kind for column in columns])
    cost = setting.base.arrays.cost
    bought = [j for j, c in enumerate(columns) if c.kind in ("deliver", "rent")]
    owned = [j for j, c in enumerate(columns) if _owned(options, c.kind, c.key)]
    keep = [setting.twins.worth[options.offerings[name].configuration] for name in offers]
    return Meter(
        worlds=worlds,
        offers=offers,
        penalty=np.where(kinds == "shed", cost, 0.0),
        overrun=np.where(kinds == "overrun", cost, 0.0),
        tokens=_served(space),
        shed=_shed(space),
        asked=_asked(options),
        delivered=np.array(bought, dtype=np.int32),
        delivered_offer=np.array([place[columns[j].key[0]] for j in bought], dtype=np.int32),
        owned=np.array(owned, dtype=np.int32),
        owned_offer=np.array([place[columns[j].key[0]] for j in owned], dtype=np.int32),
        book=np.array([_book(options, columns[j].kind, columns[j].key) for j in owned]).reshape(len(owned), options.timeline.count),
        lost_hybrid=np.array([1 - each.get(HYBRID, 1.0) for each in keep]),
        lost_free=np.array([1 - each.get(FREE, 1.0) for each in keep]),
    )  # fmt: skip


def _owned(options: Options, kind: str, key: tuple[object, ...]) -> bool:
    """Whether a column holds systems bought: deliveries, or by period where they may be sold."""
    if kind not in ("deliver", "own"):
        return False
    offering = options.offerings[str(key[0])]
    held_by = "own" if offering.ends_early else "deliver"
    return offering.ownership == "own" and offering.fixed is None and kind == held_by


def _book(options: Options, kind: str, key: tuple[object, ...]) -> list[float]:
    """Straight line on the price paid, as each period begins, discounted (USD)."""
    offering, timeline = options.offerings[str(key[0])], options.timeline
    delivery = key[2]
    assert isinstance(delivery, int)
    paid = offering.price_usd[delivery] + offering.fabric_usd[delivery]
    book = []
    for t in range(timeline.count):
        there = t >= delivery if kind == "deliver" else t == key[3]
        left = max(0.0, 1 - (t - delivery) * timeline.years / offering.life_years)
        book.append(paid * left * timeline.discount(t) if there else 0.0)
    return book


def _served(space: Space) -> Floats:
    options = space.options
    weight = np.zeros(len(space.columns))
    for j, column in enumerate(space.columns):
        if column.kind == "serve":
            hours = options.hours(column.key[4])
            weight[j] = GTOK * hours * options.timeline.discount(column.key[3], "middle") / MEGA
    return weight


def _shed(space: Space) -> Floats:
    weight = np.zeros(len(space.columns))
    for j, column in enumerate(space.columns):
        if column.kind == "shed":
            weight[j] = GTOK * shed_hours(space.options, column.key[2])
    return weight


def _asked(options: Options) -> Floats:
    """(periods,) output tokens asked for in the scenario itself."""
    mean = np.array([d.mean_tok_per_s[: options.timeline.count] for d in options.demands.values()])
    return np.asarray(mean.sum(axis=0) * options.timeline.hours * SECONDS_PER_HOUR)
