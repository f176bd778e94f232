"""Racks: positions at a site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="racks",
    index="i,t",
    unit="positions",
    dual="MUSD per position",
    equation="Σ_c max(positions_c, kW_c / density_i) · fleet[c,i,t] ≤ positions_i(t);  a system whose rack is denser than a position can feed is never at the site",
    why="Thin systems run out of floor before they run out of power.",
    scarcity="rack space at {0} in {1}",
    short="rack space at {0}, {1}",
    user_unit="position",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for place in options.places.values():
        if place.hosted:
            continue
        names = [c for c, i in space.configurations_at if i == place.id]
        for t in space.periods:
            terms = [
                (fleet, place.positions_of(options.configurations[c]))
                for c in names
                if (fleet := space.find("fleet", c, place.id, t)) is not None
            ]
            yield Row("racks", (place.id, t), terms, "<=", place.positions[t])
