"""Rights: terms extended, systems given back or swapped, slots kept open, volumes not taken."""

from __future__ import annotations

from planner.catalog.terms.extend import Extension
from planner.catalog.terms.give_back import MayReturn
from planner.catalog.terms.layers import InLayers
from planner.catalog.terms.swap import MaySwap
from planner.options.table import Offering
from planner.program.kind import Kind
from planner.program.space import Space
from planner.timeline import before

KINDS = (
    Kind("extend", "o,i,v", "systems", "of cohort v whose term is extended", site=1, cohort=2),
    Kind(
        "give_back",
        "o,i,v,t",
        "systems",
        "of cohort v returned to the supplier when t begins",
        site=1,
        cohort=2,
    ),
    Kind(
        "swap",
        "o,i,v,t",
        "systems",
        "of cohort v handed in for a later system when t begins",
        site=1,
        cohort=2,
    ),
    Kind("reserve_slot", "o", "systems", "slots of a shorter lead time kept open from today on"),
    Kind("untaken", "o,t,layer", "systems", "of a layer agreed for t and not taken", cohort=1),
)

LAYERS = ("fixed", "flexible")
"""Layers whose volume is owed: paid in full, or reduced against the fee."""


def add(space: Space) -> None:
    whole = space.options.whole_units
    for wirings in space.options.wirings().values():
        right = wirings[0].right
        if right is not None and right.kind == "fast":
            space.add("reserve_slot", wirings[0].id, integer=whole)
        _untaken(space, wirings[0])
    for offering in space.options.offerings.values():
        _leaving(space, offering)
        if offering.terms.get(Extension) is not None:
            for i in offering.sites:
                for v in offering.deliveries:
                    if extension_open(space, offering, v):
                        space.add("extend", offering.id, i, v, integer=whole)


def _untaken(space: Space, offering: Offering) -> None:
    layers = offering.terms.get(InLayers)
    for t in layered_periods(offering) if layers is not None else ():
        assert layers is not None
        fixed, flexible = layers_in(space, layers, t)
        space.add("untaken", offering.id, t, "fixed", upper=fixed)
        space.add("untaken", offering.id, t, "flexible", upper=flexible)


def _leaving(space: Space, offering: Offering) -> None:
    back, swap = offering.terms.get(MayReturn), offering.terms.get(MaySwap)
    count = space.options.timeline.count
    whole = space.options.whole_units
    if back is None and swap is None:
        return
    for i in offering.sites:
        for v in offering.deliveries:
            for t in range(v + 1, min(v + offering.held, count)):
                age = offering.age + t - v
                if back is not None and back.open_at(age):
                    space.add("give_back", offering.id, i, v, t, integer=whole)
                if swap is not None and swap.open_at(age):
                    space.add("swap", offering.id, i, v, t, integer=whole)


def extension_open(space: Space, offering: Offering, v: int) -> bool:
    """Whether a cohort's term ends inside the horizon and notice can still be given."""
    extension = offering.terms.get(Extension)
    timeline = space.options.timeline
    ends = v + offering.held
    if extension is None or ends >= timeline.count:
        return False
    return before(timeline.periods[ends].start, extension.notice_weeks) >= timeline.as_of


def layered_periods(offering: Offering) -> range:
    """Periods in which the layers of an agreement are owed: from the first delivery possible on."""
    return range(offering.first, offering.last + 1)


def layers_in(space: Space, layers: InLayers, t: int) -> tuple[float, float]:
    """(fixed, flexible) systems of a period; what can no longer be reduced in time counts as fixed."""
    timeline = space.options.timeline
    notice = before(timeline.periods[t].start, layers.notice_weeks)
    if notice >= timeline.as_of:
        return layers.fixed, layers.flexible
    return layers.fixed + layers.flexible, 0.0
