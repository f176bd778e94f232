"""Standing: in which class of position a system stands, and which systems may be capped."""

from __future__ import annotations

from planner.options.ground import RackClass, why_not_on
from planner.options.table import Configuration
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("stand", "c,i,k,t", "systems", "powered, in positions of class k", site=1),
    Kind("capped", "c,i,t", "systems", "powered that serve cappable work alone", site=1),
)


def add(space: Space) -> None:
    cappable = {d.id for d in space.options.demands.values() if d.cappable}
    for c, i in space.configurations_at:
        place, configuration = space.options.places[i], space.options.configurations[c]
        if place.hosted or (c, i) not in space.holders:
            continue
        kinds = [k.id for k in place.classes if feeds(k, configuration)]
        soft = place.oversubscription and cappable & set(space.workloads_of.get((c, i), ()))
        for t in space.periods:
            for k in kinds:
                space.add("stand", c, i, k, t)
            if soft:
                space.add("capped", c, i, t)


def feeds(kind: RackClass, configuration: Configuration) -> bool:
    """Whether positions of a class can feed, cool and carry a system."""
    return not why_not_on(
        configuration.positions,
        configuration.system_kw,
        configuration.weight_kg,
        kind.density_kw,
        kind.floor_kg,
    )
