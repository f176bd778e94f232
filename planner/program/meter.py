"""The meter of a site: what blocks add to it and what its systems draw from it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.energy import activity_kw, idle_kw
from planner.options.ground import Block, Place
from planner.options.units import MEGAWATT
from planner.program.family import Terms
from planner.program.space import Space


def bought(space: Space, place: Place, period: int) -> Iterator[tuple[Block, int]]:
    """(block, column) of everything bought at a site that is in service in a period."""
    for block in place.blocks:
        for v in range(max(block.first, period - block.life + 1), period + 1):
            yield block, space.at("expand", place.id, block.id, v)


def draw(space: Space, place: Place, period: int, block: int) -> Terms:
    """MW drawn in a load block: idle draw of the fleet, and what serving adds, PUE included."""
    terms: Terms = []
    for c, i in space.configurations_at:
        if i != place.id:
            continue
        fleet = space.find("fleet", c, i, period)
        if fleet is not None:
            terms.append((fleet, idle_kw(space.options, (c, i, period)) / MEGAWATT))
        for w in space.workloads_of.get((c, i), ()):
            key = (c, i, w, period, block)
            terms.append((space.at("serve", *key), activity_kw(space.options, key) / MEGAWATT))
    return terms


def generated(space: Space, place: Place, period: int, block: int) -> Terms:
    """MW made on site in a load block, as it relieves the grid."""
    return [
        (column, -1.0)
        for made in place.blocks
        if (column := space.find("generate", place.id, made.id, period, block)) is not None
    ]
