"""Overrun: pool units beyond amount and spot market, so that orders already placed always have a plan."""

from __future__ import annotations

from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("overrun", "p,t", "thousand units", "beyond amount and spot; only where risk prices it"),
)


def add(space: Space) -> None:
    for supply in space.options.supplies.values():
        if supply.overrun_usd is not None:
            for t in space.periods:
                space.add("overrun", supply.id, t)
