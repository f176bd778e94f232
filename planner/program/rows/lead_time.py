"""Lead time: nothing arrives before it can."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="lead_time",
    index="o,v",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_i deliver[o,i,v] ≤ 0 for every v that starts before as-of + lead time, or before the system can be had",
    why="Without it the plan would order yesterday; its price is what an earlier delivery is worth.",
    scarcity="{0} delivered early, in {1},",
    short="{0} cannot arrive before {1}",
    alternatives=True,
    user_unit="system",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for offering in space.options.offerings.values():
        if not offering.delivered or offering.fixed is not None:
            continue
        for v in range(min(offering.first, offering.last + 1)):
            terms = [(space.at("deliver", offering.id, i, v), 1.0) for i in offering.sites]
            yield Row("lead_time", (offering.id, v), terms, "<=", 0.0)
