"""Peak: the demand charge bills the highest draw of a period, and at least what the tariff insists on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MEGAWATT
from planner.program.family import Family, Row
from planner.program.meter import bought, draw, generated
from planner.program.space import Space

FAMILY = Family(
    name="peak",
    index="i,t,h",
    unit="MW",
    dual="MUSD per MW",
    equation="draw of i in h − Σ_b generate[i,b,t,h] ≤ peak[i,t];  peak[i,t] ≥ billed share_i(t) · (installed MW_i(t) + Σ_{b grid} MW_b · expand[i,b,v])",
    why="A utility charges for the wire as well as for the energy, and a large-load tariff for the wire that was asked for.",
)


def rows(space: Space) -> Iterator[Row]:
    for place in space.options.places.values():
        if place.demand_usd_per_kw_month is None:
            continue
        for t in space.periods:
            peak = space.at("peak", place.id, t)
            for h in space.blocks:
                terms = draw(space, place, t, h) + generated(space, place, t, h)
                yield Row("peak", (place.id, t, h), [*terms, (peak, -1.0)], "<=", 0.0)
            if place.billed_share and place.billed_share[t]:
                share = place.billed_share[t] / MEGAWATT
                more = [
                    (column, -block.contracted_kw * share)
                    for block, column in bought(space, place, t)
                    if block.kind == "grid"
                ]
                billed = place.contracted_kw[t] * share
                yield Row("peak", (place.id, t, "billed"), [(peak, 1.0), *more], ">=", billed)
