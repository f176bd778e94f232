"""Power: provisioned power at the meter fits what the site has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="power",
    index="i,t",
    unit="MW",
    dual="MUSD per MW",
    equation="Σ_c kW_c · PUE_i(c) · fleet[c,i,t] ≤ MW_i(t)",
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
        names = [c for c, i in space.configurations_at if i == place.id]
        for t in space.periods:
            terms = [
                (fleet, configuration.provisioned_kw * place.pue(configuration) / MEGAWATT)
                for c in names
                if (fleet := space.find("fleet", c, place.id, t)) is not None
                and (configuration := options.configurations[c])
            ]
            yield Row("power", (place.id, t), terms, "<=", place.power_kw[t] / MEGAWATT)
