"""Demand: what is asked for is served or shed."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.space import ANY_BLOCK, Space

FAMILY = Family(
    name="demand",
    index="w,t,h",
    unit="Gtok/h",
    dual="MUSD per Gtok/h",
    equation="Σ_{c,i} serve[c,i,w,t,h] + shed[w,t,h] = D[w,t,h];  deferrable: Σ_h share_h · Σ_{c,i} serve[c,i,w,t,h] + shed[w,t] = mean D[w,t]",
    why="Without it nothing would be served; deferrable work may move between blocks of a period, never between periods.",
)


def rows(space: Space) -> Iterator[Row]:
    shares = tuple(space.options.blocks.values())
    for demand in space.options.demands.values():
        arcs = space.sites_serving[demand.id]
        for t in space.periods:
            if demand.deferrable:
                terms = [
                    (space.at("serve", c, i, demand.id, t, h), shares[h])
                    for c, i in arcs
                    for h in space.blocks
                ]
                terms.append((space.at("shed", demand.id, t, ANY_BLOCK), 1.0))
                asked = gtok_per_hour(demand.mean_tok_per_s[t])
                yield Row("demand", (demand.id, t, ANY_BLOCK), terms, "=", asked)
                continue
            for h in space.blocks:
                terms = [(space.at("serve", c, i, demand.id, t, h), 1.0) for c, i in arcs]
                terms.append((space.at("shed", demand.id, t, h), 1.0))
                asked = gtok_per_hour(demand.block_tok_per_s[t][h])
                yield Row("demand", (demand.id, t, h), terms, "=", asked)
