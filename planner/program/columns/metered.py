"""Metered tokens: what is bought by the token."""

from __future__ import annotations

from planner.options.table import Offering
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (Kind("buy", "o,i,w,t,h", "Gtok/h", "of w bought by the token in block h", site=1),)


def add(space: Space) -> None:
    for offering in space.options.offerings.values():
        if offering.ownership == "meter":
            for i, w, t in bought(space, offering):
                for h in space.blocks:
                    space.add("buy", offering.id, i, w, t, h)


def bought(space: Space, offering: Offering) -> list[tuple[str, str, int]]:
    """(site, workload, period) in which an offer's tokens may be bought."""
    return [
        (i, w, t)
        for i in offering.sites
        for w in space.workloads_of.get((offering.configuration, i), ())
        for t in range(offering.first, offering.last + 1)
    ]
