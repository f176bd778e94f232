"""Racks: positions at a site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row
from planner.program.meter import bought
from planner.program.space import Space

FAMILY = Family(
    name="racks",
    index="i,t",
    unit="positions",
    dual="MUSD per position",
    equation="Σ_c max(positions_c, kW_c / density_i, kg_c / floor_i) · fleet[c,i,t] ≤ positions_i(t) + Σ_b positions_b · expand[i,b,v];  a system whose rack is denser or heavier than a position can take is never at the site",
    why="Thin systems run out of floor before they run out of power.",
    scarcity="rack space at {0} in {1}",
    short="rack space at {0}, {1}",
    user_unit="position",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for place in options.places.values():
        if place.hosted or place.classes:
            continue
        names = [c for c, i in space.configurations_at if i == place.id]
        for t in space.periods:
            terms = [
                (fleet, place.positions_of(options.configurations[c]))
                for c in names
                if (fleet := space.find("fleet", c, place.id, t)) is not None
            ]
            terms += [(j, -block.positions) for block, j in bought(space, place, t) if block.positions]  # fmt: skip
            yield Row("racks", (place.id, t), terms, "<=", place.positions[t])
