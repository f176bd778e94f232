"""Minimum order: a delivery is at least so many systems, or none."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.terms.volume import Volumes
from planner.program.columns.volume import delivered, delivery_periods
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="minimum_order",
    index="o,v,bound",
    unit="systems",
    dual="MUSD per system",
    equation="least_o · ordered[o,v] ≤ Σ_i deliver[o,i,v] ≤ most_o · ordered[o,v];  ordered 0 or 1",
    why="Suppliers do not send a truck for one box.",
)


def rows(space: Space) -> Iterator[Row]:
    for wirings in space.options.wirings().values():
        o, agreed = wirings[0].id, wirings[0].terms.get(Volumes)
        if agreed is None or not agreed.minimum_order:
            continue
        for v in delivery_periods(space, wirings):
            ordered = space.at("ordered", o, v)
            systems = delivered(space, wirings, v)
            least = [*systems, (ordered, -agreed.minimum_order)]
            yield Row("minimum_order", (o, v, "least"), least, ">=", 0.0)
            most = [*systems, (ordered, -agreed.maximum)]
            yield Row("minimum_order", (o, v, "most"), most, "<=", 0.0)
