"""Metered: tokens served by others are tokens bought, within what the seller gives."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.terms.metered import TokensSold
from planner.options.units import gtok_per_hour
from planner.program.columns.metered import bought
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="metered",
    index="o,i,w,t,h and o,t,h",
    unit="Gtok/h",
    dual="MUSD per Gtok/h",
    equation="serve[c,i,w,t,h] = buy[o,i,w,t,h];  Σ_{i,w} buy[o,i,w,t,h] ≤ capacity_o",
    why="Headroom and availability are the seller's affair: what is sent is what is paid for.",
)


def rows(space: Space) -> Iterator[Row]:
    for offering in space.options.offerings.values():
        if offering.ownership != "meter":
            continue
        o, c = offering.id, offering.configuration
        open_for = set(bought(space, offering))
        for i in offering.sites:
            for w in space.workloads_of.get((c, i), ()):
                for t in space.periods:
                    for h in space.blocks:
                        terms = [(space.at("serve", c, i, w, t, h), 1.0)]
                        if (i, w, t) in open_for:
                            terms.append((space.at("buy", o, i, w, t, h), -1.0))
                        yield Row("metered", (o, i, w, t, h), terms, "=", 0.0)
        sold = offering.terms.get(TokensSold)
        if sold is not None and sold.capacity_tok_per_s is not None:
            most = gtok_per_hour(sold.capacity_tok_per_s)
            for t in range(offering.first, offering.last + 1):
                for h in space.blocks:
                    all_bought = [
                        (space.at("buy", o, i, w, u, h), 1.0) for i, w, u in open_for if u == t
                    ]
                    yield Row("metered", (o, t, h), sorted(all_bought), "<=", most)
