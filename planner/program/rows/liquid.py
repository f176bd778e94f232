"""Liquid: heat that liquid loops can take."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row
from planner.program.meter import bought
from planner.program.space import Space

FAMILY = Family(
    name="liquid",
    index="i,t",
    unit="MW",
    dual="MUSD per MW",
    equation="Σ_{c liquid-cooled} kW_c · fleet[c,i,t] ≤ liquid MW_i(t) + Σ_b liquid MW_b · expand[i,b,v]",
    why="Dense racks need loops that a site may not have.",
    scarcity="liquid cooling at {0} in {1}",
    short="liquid cooling at {0}, {1}",
    user_unit="MW",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for place in options.places.values():
        if place.hosted or place.liquid_kw is None:
            continue
        names = [
            c
            for c, i in space.configurations_at
            if i == place.id and options.configurations[c].liquid
        ]
        for t in space.periods:
            terms = [
                (fleet, options.configurations[c].provisioned_kw / MEGAWATT)
                for c in names
                if (fleet := space.find("fleet", c, place.id, t)) is not None
            ]
            if terms:
                terms += [(j, -block.liquid_kw / MEGAWATT) for block, j in bought(space, place, t) if block.liquid_kw]  # fmt: skip
                yield Row("liquid", (place.id, t), terms, "<=", place.liquid_kw[t] / MEGAWATT)
