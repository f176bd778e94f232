"""Fleet: what is racked and powered is at most what is owned or under term."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row, Terms
from planner.program.space import Space

FAMILY = Family(
    name="fleet",
    index="c,i,t",
    unit="systems",
    dual="MUSD per system",
    equation="fleet[c,i,t] ≤ Σ_{o→c} Σ_{v + lag_i ≤ t < v + held_o} own[o,i,v,t];  lag: periods from dock to service;  own = deliver where the contract cannot end early",
    why="A delivered system may wait for power or be switched off, but nothing runs that is not there.",
)


def rows(space: Space) -> Iterator[Row]:
    for c, i in space.configurations_at:
        for t in space.periods:
            fleet = space.find("fleet", c, i, t)
            if fleet is None:
                continue
            terms: Terms = [(fleet, 1.0)]
            for offering in space.holders[c, i]:
                terms += [(column, -1.0) for column in space.held(offering, i, t)]
            yield Row("fleet", (c, i, t), terms, "<=", 0.0)
