"""Throughput: the systems that run in a block carry the work of that block."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row, Terms
from planner.program.space import Space, spans

FAMILY = Family(
    name="throughput",
    index="c,i,t,h",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_w serve[c,i,w,t,h] / r[c,w,t] ≤ availability_c · (1 − headroom) · (1 − maintenance_i(t)) · (fleet[c,i,t] + Σ_o rent[o,i,t,h]);  whole replicas count as the systems they occupy",
    why="Without it one system would serve the world.",
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for c, i in space.configurations_at:
        configuration = options.configurations[c]
        if configuration.metered:
            continue
        served = space.workloads_of.get((c, i), ())
        for t in space.periods:
            usable = options.usable(c, i, t)
            work = [
                (w, 1 / gtok_per_hour(options.speed(c, w, t)), spans(space, c, w)) for w in served
            ]
            for h in space.blocks:
                terms: Terms = []
                for w, systems_per_unit, whole in work:
                    if whole:
                        size = configuration.rates[w].systems_per_replica
                        terms.append((space.at("replica", c, i, w, t), usable * size))
                    else:
                        terms.append((space.at("serve", c, i, w, t, h), systems_per_unit))
                if not terms:
                    continue
                terms += [(column, -usable) for column in space.running(c, i, t, h)]
                yield Row("throughput", (c, i, t, h), terms, "<=", 0.0)
