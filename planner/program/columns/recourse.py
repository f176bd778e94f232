"""Recourse: demand left unserved, and pool units bought beyond the amount."""

from __future__ import annotations

from math import inf

from planner.options.units import POOL_LOT
from planner.program.kind import Kind
from planner.program.space import ANY_BLOCK, Space

KINDS = (
    Kind("shed", "w,t,h", "Gtok/h", "not served; one per period for deferrable work"),
    Kind("spot", "p,t", "thousand units", "bought beyond the amount"),
)


def add(space: Space) -> None:
    for demand in space.options.demands.values():
        for t in space.periods:
            for h in (ANY_BLOCK,) if demand.deferrable else space.blocks:
                space.add("shed", demand.id, t, h)
    for supply in space.options.supplies.values():
        if supply.spot_usd is not None:
            for t in space.periods:
                limit = supply.spot_limit[t] / POOL_LOT if supply.spot_limit else inf
                space.add("spot", supply.id, t, upper=limit)
