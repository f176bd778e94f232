"""Operation: what runs, what is rented by the hour, and what it serves."""

from __future__ import annotations

from planner.program.kind import Kind
from planner.program.space import Space, spans

KINDS = (
    Kind("fleet", "c,i,t", "systems", "racked and powered", site=1),
    Kind("rent", "o,i,t,h", "systems", "rented by the hour in block h", site=1),
    Kind(
        "replica",
        "c,i,w,t",
        "replicas",
        "whole, in whole-unit plans, where a replica spans systems",
        site=1,
    ),
    Kind(
        "serve",
        "c,i,w,t,h",
        "Gtok/h",
        "of w served by c; no column where r = 0, too far, or outside residency",
        site=1,
    ),
)


def add(space: Space) -> None:
    whole = space.options.whole_units
    for c, i in space.configurations_at:
        for t in space.periods:
            if (c, i) in space.holders:
                space.add("fleet", c, i, t)
            for offering in space.renters.get((c, i), ()):
                if offering.ownership == "rent" and offering.first <= t <= offering.last:
                    for h in space.blocks:
                        space.add("rent", offering.id, i, t, h, integer=whole)
            for w in space.workloads_of.get((c, i), ()):
                if spans(space, c, w):
                    space.add("replica", c, i, w, t, integer=True)
                for h in space.blocks:
                    space.add("serve", c, i, w, t, h)
