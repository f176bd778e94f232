"""Service level: the least share of a workload served, once anything ordered today can have come."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.first import first_service
from planner.program.space import ANY_BLOCK, Space

FAMILY = Family(
    name="service_level",
    index="w,t",
    unit="Gtok/h",
    dual="MUSD per Gtok/h",
    equation="Σ_h share_h · shed[w,t,h] ≤ (1 − level[w,t]) · mean D[w,t] for t from the shortest lead time on",
    why="A penalty alone would let a cheap workload starve; before the shortest lead time what cannot be avoided is reported instead.",
    scarcity="shed allowed under the service level of {0} in {1}",
    short="what serves {0} at its service level, {1}",
    user_unit="Gtok/h",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    shares = tuple(space.options.blocks.values())
    for demand in space.options.demands.values():
        for t in range(first_service(space.options, demand.id), len(space.periods)):
            if demand.service_level[t] <= 0:
                continue
            if demand.deferrable:
                terms = [(space.at("shed", demand.id, t, ANY_BLOCK), 1.0)]
            else:
                terms = [(space.at("shed", demand.id, t, h), shares[h]) for h in space.blocks]
            most = (1 - demand.service_level[t]) * gtok_per_hour(demand.mean_tok_per_s[t])
            yield Row("service_level", (demand.id, t), terms, "<=", most)
