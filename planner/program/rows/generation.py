"""Generation: what is made on site is made by blocks that were bought, and used there."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row
from planner.program.meter import bought, draw, generated
from planner.program.space import Space

FAMILY = Family(
    name="generation",
    index="i,t,h,b",
    unit="MW",
    dual="MUSD per MW",
    equation="generate[i,b,t,h] ≤ Σ_v MW_b · expand[i,b,v];  Σ_b generate[i,b,t,h] ≤ draw of i in h",
    why="Power nobody bought cannot be made, and power made on site is not sold.",
)


def rows(space: Space) -> Iterator[Row]:
    for place in space.options.places.values():
        if not place.generates:
            continue
        for t in space.periods:
            running = list(bought(space, place, t))
            for h in space.blocks:
                for block in place.blocks:
                    made = space.find("generate", place.id, block.id, t, h)
                    if made is None:
                        continue
                    able = [(j, -b.power_kw / MEGAWATT) for b, j in running if b is block]
                    yield Row(
                        "generation", (place.id, t, h, block.id), [(made, 1.0), *able], "<=", 0.0
                    )
                used = [(j, -value) for j, value in draw(space, place, t, h)]
                made_here = [(j, -value) for j, value in generated(space, place, t, h)]
                if made_here:
                    yield Row("generation", (place.id, t, h, "used"), made_here + used, "<=", 0.0)
