"""Masks: model-etched systems come out of masks that were ordered for them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.columns.masks import etching_periods
from planner.program.columns.volume import delivered
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="masks",
    index="o,v",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_{i,v' ≤ v} deliver[o,i,v'] ≤ systems_o · Σ_{v' ≤ v} etch[o,v'];  systems: those that one set of masks makes",
    why="A model is cut into silicon once, and the cut costs the same for one system as for a thousand.",
)


def rows(space: Space) -> Iterator[Row]:
    for wirings in space.options.wirings().values():
        deal = wirings[0]
        if deal.masks is None:
            continue
        made: list[tuple[int, float]] = []
        for v in etching_periods(space, wirings):
            made += delivered(space, wirings, v)
            made.append((space.at("etch", deal.id, v), -deal.masks.systems))
            yield Row("masks", (deal.offer, v), list(made), "<=", 0.0)
