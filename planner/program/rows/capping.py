"""Capping: systems whose power may be capped serve work that accepts it, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="capping",
    index="c,i,t,h",
    unit="systems",
    dual="MUSD per system",
    equation="capped[c,i,t] ≤ fleet[c,i,t];  Σ_{w not cappable} serve[c,i,w,t,h] / r[c,w,t] ≤ availability_c · (1 − headroom) · (fleet[c,i,t] − capped[c,i,t])",
    why="Power may be sold twice only to those who agreed to go without when it runs short.",
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for c, i in space.configurations_at:
        served = space.workloads_of.get((c, i), ())
        firm = [w for w in served if not options.demands[w].cappable]
        for t in space.periods:
            capped = space.find("capped", c, i, t)
            if capped is None:
                continue
            fleet = space.at("fleet", c, i, t)
            yield Row("capping", (c, i, t, "all"), [(capped, 1.0), (fleet, -1.0)], "<=", 0.0)
            usable = options.usable(c, i, t)
            for h in space.blocks if firm else ():
                work = [
                    (space.at("serve", c, i, w, t, h), 1 / gtok_per_hour(options.speed(c, w, t)))
                    for w in firm
                ]
                terms = [*work, (fleet, -usable), (capped, usable)]
                yield Row("capping", (c, i, t, h), terms, "<=", 0.0)
