"""Supply: draws on a scarce input stay within what has arrived."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import POOL_LOT
from planner.program.family import Family, Row, Terms
from planner.program.space import Space

FAMILY = Family(
    name="supply",
    index="p,t",
    unit="thousand units",
    dual="MUSD per thousand units",
    equation="Σ_o draw[o,p] · deliver[o,i,v] − spot[p,·] − overrun[p,·] − Σ_{a on p} take[a,·] ≤ amount[p,·];  summed from the first period to t where the pool carries over, at t alone where it does not; v counts at its order or delivery date as the pool says",
    why="HBM is allocated a year ahead; with carry-over the worth of a unit arriving at t is the sum of the duals from t on.",
    scarcity="{0}, {1},",
    short="{0} arrived by {1}",
    scale=POOL_LOT,
    user_unit="unit",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for supply in space.options.supplies.values():
        drawn: list[Terms] = [[] for _ in space.periods]
        for offering in space.options.offerings.values():
            draw = offering.draws.get(supply.id, 0.0) / POOL_LOT
            if not draw or offering.installed:
                continue
            for i in offering.sites:
                for v in offering.deliveries:
                    when = offering.order_periods[v] if supply.draw_at_order else v
                    drawn[when].append((space.at("deliver", offering.id, i, v), draw))
        if supply.spot_usd is not None:
            for t in space.periods:
                drawn[t].append((space.at("spot", supply.id, t), -1.0))
        if supply.overrun_usd is not None:
            for t in space.periods:
                drawn[t].append((space.at("overrun", supply.id, t), -1.0))
        for agreement in space.options.agreements.values():
            if agreement.pool == supply.id:
                for t in space.periods:
                    drawn[t].append((space.at("take", agreement.id, t), -1.0))
        terms: Terms = []
        amount = 0.0
        for t in space.periods:
            if supply.carry_over:
                terms = terms + drawn[t]
                amount += supply.amount[t] / POOL_LOT
            else:
                terms, amount = drawn[t], supply.amount[t] / POOL_LOT
            if terms:
                yield Row("supply", (supply.id, t), list(terms), "<=", amount)
