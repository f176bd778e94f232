"""Rack classes: a system stands where a position can feed and carry it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.ground import positions_taken
from planner.program.family import Family, Row, Terms
from planner.program.meter import bought
from planner.program.space import Space

FAMILY = Family(
    name="rack_class",
    index="i k,t and c@i,t",
    unit="positions",
    dual="MUSD per position",
    equation="Σ_c max(positions_c, kW_c / density_k, kg_c / floor_k) · stand[c,i,k,t] ≤ positions_k(t) + Σ_b positions_b · expand[i,b,v];  fleet[c,i,t] = Σ_k stand[c,i,k,t];  no column where a position of k feeds or carries too little",
    why="A hall of air-cooled rows takes no 130 kW rack, however many positions stand empty.",
    scarcity="rack space of class {0} in {1}",
    short="rack space of class {0}, {1}",
    user_unit="position",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for place in options.places.values():
        if not place.classes:
            continue
        here = [c for c, i in space.configurations_at if i == place.id]
        for t in space.periods:
            for k in place.classes:
                terms: Terms = [
                    (column, positions_taken(options.configurations[c], k.density_kw, k.floor_kg))
                    for c in here
                    if (column := space.find("stand", c, place.id, k.id, t)) is not None
                ]
                more = [
                    (column, -block.positions)
                    for block, column in bought(space, place, t)
                    if block.positions and block.rack_class == k.id
                ]
                yield Row(
                    "rack_class", (f"{k.id}@{place.id}", t), terms + more, "<=", k.positions[t]
                )
            for c in here:
                fleet = space.find("fleet", c, place.id, t)
                if fleet is not None:
                    stands = [
                        (column, -1.0)
                        for k in place.classes
                        if (column := space.find("stand", c, place.id, k.id, t)) is not None
                    ]
                    key = (f"{c}@{place.id}", t, "stands")
                    yield Row("rack_class", key, [(fleet, 1.0), *stands], "=", 0.0)
