"""Survival: what the other sites serve when one is lost."""

from __future__ import annotations

from planner.program.kind import Kind
from planner.program.loss import losses
from planner.program.space import Space

KINDS = (
    Kind(
        "rescue",
        "s,c,i,w,t,h",
        "Gtok/h",
        "of w that c at i would serve if site s were lost; paid by nobody",
        subject=1,
        site=2,
    ),
)


def add(space: Space) -> None:
    for s, w, first in losses(space):
        for c, i in space.sites_serving[w]:
            if i != s:
                for t in range(first, len(space.periods)):
                    for h in space.blocks:
                        space.add("rescue", s, c, i, w, t, h)
