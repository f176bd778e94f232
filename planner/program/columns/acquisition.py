"""Acquisition: what is delivered, and what of it is still held or given up."""

from __future__ import annotations

from math import inf

from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("deliver", "o,i,v", "systems", "delivered in v; whole with `--integer`", site=1, cohort=2),
    Kind(
        "own",
        "o,i,v,t",
        "systems",
        "of cohort v still held at t; only where the contract may end early",
        site=1,
        cohort=2,
    ),
    Kind(
        "sell",
        "o,i,v,t",
        "systems",
        "of cohort v sold or given back when t begins",
        site=1,
        cohort=2,
    ),
)


def add(space: Space) -> None:
    whole = space.options.whole_units
    count = space.options.timeline.count
    for offering in space.options.offerings.values():
        if not offering.delivered:
            continue
        o, fixed = offering.id, offering.fixed
        lower, upper = (0.0, inf) if fixed is None else (fixed, fixed)
        for i in offering.sites:
            for v in offering.deliveries:
                space.add("deliver", o, i, v, lower=lower, upper=upper, integer=whole)
                if offering.ends_early:
                    for t in range(v, min(v + offering.held, count)):
                        space.add("own", o, i, v, t)
                        if offering.may_leave(offering.age + t - v):
                            space.add("sell", o, i, v, t, integer=whole)
