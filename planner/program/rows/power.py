"""Power: provisioned power at the meter fits what the site has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row
from planner.program.meter import bought
from planner.program.space import Space

FAMILY = Family(
    name="power",
    index="i,t",
    unit="MW",
    dual="MUSD per MW",
    equation="Σ_c kW_c · PUE_i(c) · (fleet[c,i,t] − x/(1+x) · capped[c,i,t]) ≤ usable MW_i(t) + Σ_b MW_b · expand[i,b,v];  x: the share by which capped systems may exceed it",
    why="Systems are provisioned at their full draw, cooling included; without it a site would never be full.",
    scarcity="power at {0} in {1}",
    short="power at {0}, {1}",
    user_unit="MW",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for place in options.places.values():
        if place.hosted:
            continue
        relief = place.oversubscription / (1 + place.oversubscription)
        names = [c for c, i in space.configurations_at if i == place.id]
        for t in space.periods:
            terms = [
                (fleet, configuration.provisioned_kw * place.pue(configuration) / MEGAWATT)
                for c in names
                if (fleet := space.find("fleet", c, place.id, t)) is not None
                and (configuration := options.configurations[c])
            ]
            for c in names:
                capped = space.find("capped", c, place.id, t)
                if capped is not None:
                    configuration = options.configurations[c]
                    mw = configuration.provisioned_kw * place.pue(configuration) / MEGAWATT
                    terms.append((capped, -mw * relief))
            terms += [(j, -block.power_kw / MEGAWATT) for block, j in bought(space, place, t) if block.power_kw]  # fmt: skip
            yield Row("power", (place.id, t), terms, "<=", place.power_kw[t] / MEGAWATT)
