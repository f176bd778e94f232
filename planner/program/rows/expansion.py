"""Expansion: no more blocks than there are to buy."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="expansion",
    index="b@i",
    unit="blocks",
    dual="MUSD per block",
    equation="Σ_v expand[i,b,v] ≤ most_b;  no column before as-of + lead time of b",
    why="A substation has so many feeders and a plot so many generators.",
    scarcity="{0} on offer, {1},",
    short="blocks of {0}, {1}",
    user_unit="block",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for place in space.options.places.values():
        for block in place.blocks:
            if isfinite(block.most):
                every = [
                    (space.at("expand", place.id, block.id, v), 1.0)
                    for v in range(block.first, len(space.periods))
                ]
                yield Row("expansion", (f"{block.id}@{place.id}", "most"), every, "<=", block.most)
