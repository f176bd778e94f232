"""Single offer: a workload that must not be split stands on one configuration at one site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="single_offer",
    index="w and w,c,i,t,h",
    unit="count and Gtok/h",
    dual="MUSD",
    equation="Σ_{c,i} chosen[w,c,i] ≤ 1;  serve[c,i,w,t,h] ≤ D[w,t,h] · chosen[w,c,i];  chosen whole (deferrable: D is the mean over the smallest block share)",
    why="Some customers are validated on one platform and may not be spread.",
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    least_share = min(options.blocks.values())
    for demand in options.demands.values():
        if not demand.single_offer:
            continue
        arcs = space.sites_serving[demand.id]
        chosen = [(space.at("chosen", demand.id, c, i), 1.0) for c, i in arcs]
        yield Row("single_offer", (demand.id,), chosen, "<=", 1.0)
        for c, i in arcs:
            switch = space.at("chosen", demand.id, c, i)
            for t in space.periods:
                for h in space.blocks:
                    most = demand.block_tok_per_s[t][h]
                    if demand.deferrable:
                        most = demand.mean_tok_per_s[t] / least_share
                    terms = [
                        (space.at("serve", c, i, demand.id, t, h), 1.0),
                        (switch, -gtok_per_hour(most)),
                    ]
                    yield Row("single_offer", (demand.id, c, i, t, h), terms, "<=", 0.0)
