"""Replica: copies of a model that span systems are whole."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.space import Space, spans

FAMILY = Family(
    name="replica",
    index="c,i,w,t,h",
    unit="Gtok/h",
    dual="MUSD per Gtok/h",
    equation="serve[c,i,w,t,h] ≤ availability_c · (1 − headroom) · r[c,w,t] · systems per replica · replica[c,i,w,t];  replica whole",
    why="Half a pipeline of wafers serves nobody; a replica inside one system is shared by time and needs no row.",
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for c, i in space.configurations_at:
        configuration = options.configurations[c]
        for w in space.workloads_of.get((c, i), ()):
            if not spans(space, c, w):
                continue
            size = configuration.rates[w].systems_per_replica
            for t in space.periods:
                most = options.usable(c, i, t) * gtok_per_hour(options.speed(c, w, t)) * size
                whole = space.at("replica", c, i, w, t)
                for h in space.blocks:
                    terms = [(space.at("serve", c, i, w, t, h), 1.0), (whole, -most)]
                    yield Row("replica", (c, i, w, t, h), terms, "<=", 0.0)
