"""Volume terms: units by tier of discount, the bracket reached, and orders that are all or nothing."""

from __future__ import annotations

from planner.catalog.terms.volume import Volumes
from planner.options.table import Offering
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("tier", "o,v,n", "systems", "of delivery v counted in tier n of the discount", cohort=1),
    Kind("filled", "o,v,n", "0 or 1", "tier n is full by v; where each tier has its own discount"),
    Kind("bracket", "o,n", "0 or 1", "tier n is reached; where a discount is of all units"),
    Kind("ordered", "o,v", "0 or 1", "anything is delivered in v; where orders have a least size"),
)


def add(space: Space) -> None:
    whole = space.options.whole_units
    for wirings in space.options.wirings().values():
        deal = wirings[0]
        agreed = deal.terms.get(Volumes)
        if agreed is None:
            continue
        o, deliveries = deal.id, delivery_periods(space, wirings)
        for n in range(len(agreed.tiers)):
            for v in deliveries:
                space.add("tier", o, v, n)
                if whole and not agreed.all_units and n + 1 < len(agreed.tiers):
                    space.add("filled", o, v, n, upper=1.0, integer=True)
            if agreed.all_units:
                space.add("bracket", o, n, upper=1.0, integer=True)
        for v in deliveries if agreed.minimum_order else ():
            space.add("ordered", o, v, upper=1.0, integer=True)


def delivery_periods(space: Space, wirings: list[Offering]) -> range:
    """Every period in which some wiring of an offer can be delivered."""
    return range(max(offering.last for offering in wirings) + 1)


def delivered(space: Space, wirings: list[Offering], v: int) -> list[tuple[int, float]]:
    """Systems of an offer delivered in a period, however they are wired and wherever they stand."""
    return [
        (space.at("deliver", offering.id, i, v), 1.0)
        for offering in wirings
        if v in offering.deliveries
        for i in offering.sites
    ]
