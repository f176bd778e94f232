"""What giving in to a limit counts, when no plan keeps them all.

In dollars where the limit has a price of its own: a budget or a limit on purchases counts each
dollar, a token served outside its residency the penalty of one not served, a pool at least its
spot price. Every other limit counts by its own size: all of it as much as the dearest period shed;
a lead time by all that the offer gives in a period, or could be put to use. Promises of service
count ten times that, so that what is short is named before the promise it breaks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.options.units import gtok_per_hour
from planner.program.build import Program
from planner.program.family import Family, families
from planner.program.space import ANY_BLOCK
from planner.solver.arrays import Arrays, Floats
from planner.solver.elastic import Relief, sizes

PROMISE = "service_level"
_PROMISE_WEIGHT = 10.0

EXPLAINED = (
    "Weighed in dollars where a limit has a price (budgets; residency at the shed penalty; pools at least at spot); "
    "other limits by their size, all of one as much as shedding the dearest period ({0}); "
    "service levels ten times that"
)

Label = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Way:
    """A relief with the row that names it."""

    relief: Relief
    row: int


def cards() -> dict[str, Family]:
    """Every family's card by name."""
    return {card.name: card for card, _ in families()}


def dearest_period(program: Program) -> float:
    """MUSD of shedding everything in the period where that costs most; 1 where shedding is free."""
    options = program.space.options
    by_period: dict[int, float] = defaultdict(float)
    for position, column in enumerate(program.space.columns):
        if column.kind == "shed":
            workload, period, block = column.key
            demand = options.demands[workload]
            asked = demand.mean_tok_per_s[period] if block == ANY_BLOCK else demand.block_tok_per_s[period][block]  # fmt: skip
            by_period[period] += program.cost[position] * gtok_per_hour(asked)
    return max(by_period.values(), default=0.0) or 1.0


def supply_side(program: Program, arrays: Arrays, labels: list[Label]) -> list[Way]:
    """Every way to give in, promises of service as the last."""
    size = sizes(arrays)
    whole = dearest_period(program)
    ways = []
    for row, (name, key) in enumerate(labels):
        if not cards()[name].relaxable:
            continue
        rows = _carried(program, labels, row) if name == "supply" else (row,)
        if name == PROMISE:
            price = _PROMISE_WEIGHT * whole / _asked(program, key)
        elif name == "lead_time":
            price = whole / _useful(program, *key)
        else:
            price = _price(program, name, key, whole / size[row])
        ways.append(Way(Relief(rows, price), row))
    return ways


def promises(program: Program, labels: list[Label]) -> list[Way]:
    """Only the service levels, each at its workload's penalty."""
    space = program.space
    ways = []
    for row, (name, key) in enumerate(labels):
        if name == PROMISE:
            workload, period = key
            shed = [space.find("shed", workload, period, h) for h in (ANY_BLOCK, *space.blocks)]
            price = sum(program.cost[column] for column in shed if column is not None)
            ways.append(Way(Relief((row,), max(price, 1e-9)), row))
    return ways


def outside_residency(program: Program, barred: frozenset[tuple[str, str, str]]) -> Floats:
    """Price of each column that serves a workload where its residency forbids it; 0 for the others."""
    space = program.space
    price = np.zeros(len(space.columns))
    for position, column in enumerate(space.columns):
        if column.kind == "serve" and tuple(column.key[:3]) in barred:
            workload, period, block = column.key[2:]
            shed = space.find("shed", workload, period, block)
            share = 1.0
            if shed is None:
                shed = space.at("shed", workload, period, ANY_BLOCK)
                share = tuple(space.options.blocks.values())[block]
            price[position] = program.cost[shed] * share
    return price


def _price(program: Program, family: str, key: tuple[Any, ...], by_size: float) -> float:
    """MUSD per row unit: the limit's own price where it has one, else by its size."""
    space = program.space
    if family == "budget":
        return 1.0
    if family == "limit" and space.options.policy.limits[key[0]].measure == "capex":
        return 1.0
    if family == "supply" and (spot := space.find("spot", *key)) is not None:
        return max(by_size, program.cost[spot])
    return by_size


def _useful(program: Program, offer: str, period: int) -> float:
    """Systems of an offer that a period could take: what is given, or what all it can serve needs."""
    options = program.space.options
    offering = options.offerings[offer]
    if offering.max_per_period is not None:
        return max(offering.max_per_period[period], 1.0)
    made = options.of(offer)
    needed = (
        options.demands[w].mean_tok_per_s[period] / options.speed(made.id, w, period)
        for w in made.rates
    )
    return max(1.0, sum(needed))


def _asked(program: Program, key: tuple[Any, ...]) -> float:
    workload, period = key
    return max(gtok_per_hour(program.space.options.demands[workload].mean_tok_per_s[period]), 1e-9)


def _carried(program: Program, labels: list[Label], row: int) -> tuple[int, ...]:
    """Rows that a unit arriving in this row's period relieves: the later ones too where it is kept."""
    name, key = labels[row]
    if not program.space.options.supplies[key[0]].carry_over:
        return (row,)
    rows = [row]
    for later in range(row + 1, len(labels)):
        if labels[later][0] != name or labels[later][1][0] != key[0]:
            break
        rows.append(later)
    return tuple(rows)
