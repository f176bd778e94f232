"""Where a system may stand: what a position feeds, cools and carries."""

from __future__ import annotations

from math import inf

from planner.options.ground import Place, why_not_on
from planner.options.table import Configuration, Offering
from planner.scenario.site import Site


def why_not_at(site: Site, configuration: Configuration) -> str:
    """Why no position of a site can feed or carry a system; empty where one can."""
    kinds: list[tuple[float | None, float | None]] = [
        (c.density, c.floor_load) for c in site.rack_classes.values()
    ]
    reasons = [
        why_not_on(
            configuration.positions,
            configuration.system_kw,
            configuration.weight_kg,
            density or inf,
            floor or inf,
        )
        for density, floor in kinds or [(site.rack_density, site.floor_load)]
    ]
    return "" if not all(reasons) else reasons[-1]


def unweighed(
    places: dict[str, Place],
    configurations: dict[str, Configuration],
    offerings: dict[str, Offering],
) -> tuple[str, ...]:
    """What a plan must say of floors it could not check: systems whose weight is not disclosed."""
    found = []
    for place in places.values():
        floors = [c.floor_kg for c in place.classes] or [place.floor_kg]
        if min(floors) == inf:
            continue
        here = [configurations[o.configuration] for o in offerings.values() if place.id in o.sites]
        heavy = sorted({c.system for c in here if c.weight_kg is None})
        if heavy:
            found.append(f"the floor at {place.id} is not checked for {', '.join(heavy)}: weight not disclosed")  # fmt: skip
    return tuple(found)
