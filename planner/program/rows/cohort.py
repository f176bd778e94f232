"""Cohort: systems of one delivery stay until they are sold, given back or at the end of their time."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="cohort",
    index="o,i,v,t",
    unit="systems",
    dual="MUSD per system",
    equation="own[o,i,v,v] = deliver[o,i,v];  own[o,i,v,t] = own[o,i,v,t−1] − sell[o,i,v,t] − give_back[o,i,v,t] − swap[o,i,v,t], each where the contract allows it then;  0 past life or term",
    why="Only contracts that may end early have these columns; without the row a system could be sold and kept.",
)

LEAVING = ("sell", "give_back", "swap")
"""Kinds of column by which systems leave a cohort."""


def rows(space: Space) -> Iterator[Row]:
    count = space.options.timeline.count
    for offering in space.options.offerings.values():
        if not offering.ends_early:
            continue
        o = offering.id
        for i in offering.sites:
            for v in offering.deliveries:
                first = [(space.at("own", o, i, v, v), 1.0), (space.at("deliver", o, i, v), -1.0)]
                yield Row("cohort", (o, i, v, v), first, "=", 0.0)
                for t in range(v + 1, min(v + offering.held, count)):
                    terms = [
                        (space.at("own", o, i, v, t), 1.0),
                        (space.at("own", o, i, v, t - 1), -1.0),
                    ]
                    leaving = (space.find(kind, o, i, v, t) for kind in LEAVING)
                    terms += [(column, 1.0) for column in leaving if column is not None]
                    yield Row("cohort", (o, i, v, t), terms, "=", 0.0)
