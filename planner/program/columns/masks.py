"""Masks: sets of them ordered for model-etched silicon that must hold another model."""

from __future__ import annotations

from planner.options.table import Offering
from planner.program.columns.volume import delivery_periods
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind(
        "etch",
        "o,v",
        "mask sets",
        "ordered in time for delivery v; whole with `--integer`, else in parts",
        cohort=1,
    ),
)


def add(space: Space) -> None:
    for wirings in space.options.wirings().values():
        deal = wirings[0]
        if deal.masks is not None:
            for v in etching_periods(space, wirings):
                space.add("etch", deal.id, v, integer=space.options.whole_units)


def etching_periods(space: Space, wirings: list[Offering]) -> range:
    """Every delivery for which masks can be ordered in time."""
    first = min(offering.first for offering in wirings)
    return range(first, delivery_periods(space, wirings).stop)
