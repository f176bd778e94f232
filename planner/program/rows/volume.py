"""Volume: how much of an offer a supplier gives, and the least it insists on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="volume",
    index="o,bound",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_{i,v} deliver[o,i,v] ≤ max_o, ≥ min_o;  Σ_i deliver[o,i,t] ≤ max_o(t);  rented: Σ_i rent[o,i,t,h] ≤ max_o(t)",
    why="Suppliers have slots; clouds have capacity.",
    scarcity="{0} on offer, {1},",
    short="what suppliers give of {0}, {1}",
    user_unit="system",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for offering in space.options.offerings.values():
        o = offering.id
        if offering.fixed is not None:
            continue
        if offering.ownership == "rent":
            if offering.max_per_period is not None:
                for t in range(offering.first, offering.last + 1):
                    for h in space.blocks:
                        rented = [(space.at("rent", o, i, t, h), 1.0) for i in offering.sites]
                        yield Row("volume", (o, t, h), rented, "<=", offering.max_per_period[t])
            continue
        deliveries = range(space.last_delivery(offering) + 1)
        every = [(space.at("deliver", o, i, v), 1.0) for i in offering.sites for v in deliveries]
        if offering.max_total is not None:
            yield Row("volume", (o, "most"), every, "<=", offering.max_total)
        if offering.min_total is not None:
            yield Row("volume", (o, "least"), every, ">=", offering.min_total)
        if offering.max_per_period is not None:
            for v in deliveries:
                now = [(space.at("deliver", o, i, v), 1.0) for i in offering.sites]
                yield Row("volume", (o, v), now, "<=", offering.max_per_period[v])
