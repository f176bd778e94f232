"""Expansion: blocks of power and room bought, what is generated on site, and the billed peak."""

from __future__ import annotations

from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind(
        "expand",
        "i,b,v",
        "blocks",
        "bought, in service from v; whole with `--integer`",
        subject=1,
        site=0,
        cohort=2,
    ),
    Kind("generate", "i,b,t,h", "MW", "made on site by blocks b", subject=1, site=0),
    Kind("peak", "i,t", "MW", "billed by the demand charge", site=0),
)


def add(space: Space) -> None:
    for place in space.options.places.values():
        for block in place.blocks:
            for v in range(block.first, len(space.periods)):
                space.add("expand", place.id, block.id, v, integer=space.options.whole_units)
            if block.kind == "generation":
                for t in range(block.first, len(space.periods)):
                    for h in space.blocks:
                        space.add("generate", place.id, block.id, t, h)
        if place.demand_usd_per_kw_month is not None:
            for t in space.periods:
                space.add("peak", place.id, t)
