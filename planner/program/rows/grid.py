"""Grid: what is really drawn stays within the grid, less what is made on site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row
from planner.program.meter import bought, draw, generated
from planner.program.space import Space

FAMILY = Family(
    name="grid",
    index="i,t,h",
    unit="MW",
    dual="MUSD per MW",
    equation="Σ_c idle kW · PUE · fleet[c,i,t] + Σ_{c,w} added kW · PUE · serve[c,i,w,t,h] − Σ_b generate[i,b,t,h] ≤ MW_i(t) + Σ_{b grid} MW_b · expand[i,b,v];  at sites that generate or oversubscribe",
    why="Generators bought for their capacity must run when the grid alone does not suffice, and an oversubscribed site may not draw more than it has.",
    scarcity="grid power at {0} in {1}",
    short="grid power at {0}, {1}",
    user_unit="MW",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for place in space.options.places.values():
        if place.hosted or not (place.generates or place.oversubscription):
            continue
        for t in space.periods:
            added = [
                (column, -block.power_kw / MEGAWATT)
                for block, column in bought(space, place, t)
                if block.kind == "grid"
            ]
            for h in space.blocks:
                terms = draw(space, place, t, h) + generated(space, place, t, h) + added
                if terms:
                    yield Row("grid", (place.id, t, h), terms, "<=", place.power_kw[t] / MEGAWATT)
