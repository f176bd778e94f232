"""Single offer: which configuration carries a workload that must not be split."""

from __future__ import annotations

from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (Kind("chosen", "w,c,i", "0 or 1", "for workloads that must not be split", site=2),)


def add(space: Space) -> None:
    for demand in space.options.demands.values():
        if demand.single_offer:
            for c, i in space.sites_serving[demand.id]:
                space.add("chosen", demand.id, c, i, upper=1.0, integer=True)
