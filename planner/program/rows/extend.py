"""Extend: no more of a cohort goes on than its term ended with."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="extend",
    index="o,i,v",
    unit="systems",
    dual="MUSD per system",
    equation="extend[o,i,v] ≤ own[o,i,v,v + held_o − 1];  own = deliver where the contract cannot end early;  no column where notice can no longer be given",
    why="An option to extend is on what is still there when the term ends.",
)


def rows(space: Space) -> Iterator[Row]:
    for column in list(space.columns):
        if column.kind != "extend":
            continue
        o, i, v = column.key
        offering = space.options.offerings[o]
        held = space.at("deliver", o, i, v)
        if offering.ends_early:
            held = space.at("own", o, i, v, v + offering.held - 1)
        terms = [(space.at("extend", o, i, v), 1.0), (held, -1.0)]
        yield Row("extend", (o, i, v), terms, "<=", 0.0)
