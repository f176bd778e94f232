"""What a contract's terms change in its own offering: dated slots, and slip."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from planner.catalog.terms.slip import Late
from planner.catalog.terms.slots import SlotsGiven
from planner.options.table import Offering
from planner.timeline import Timeline


def as_agreed(offering: Offering, timeline: Timeline) -> Offering | str:
    """The offering after its slots and its slip, or why nothing of it can come any more."""
    slots = offering.terms.get(SlotsGiven)
    if slots is not None:
        given = offering.max_per_period or (inf,) * timeline.count
        most = tuple(min(a, b) for a, b in zip(given, slots.systems, strict=True))
        offering = replace(offering, max_per_period=most)
    late = offering.terms.get(Late)
    return offering if late is None else _slipped(offering, late, timeline)


def _slipped(offering: Offering, late: Late, timeline: Timeline) -> Offering | str:
    """Every delivery promised for v comes in v + slip: ordered, priced and limited as promised."""
    first = offering.first + late.periods
    if first >= timeline.count:
        return f"{late.weeks:g} weeks late, its first delivery is after the last period"

    def promised(series: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(series[max(0, v - late.periods)] for v in range(timeline.count))

    most = offering.max_per_period
    return replace(
        offering,
        first=first,
        last=min(offering.last + late.periods, timeline.count - 1),
        price_usd=promised(offering.price_usd),
        fabric_usd=promised(offering.fabric_usd),
        order_periods=tuple(
            offering.order_periods[max(0, v - late.periods)] for v in range(timeline.count)
        ),
        max_per_period=None if most is None else promised(most),
        slip_periods=late.periods,
        why_first=f"{offering.why_first}, and {late.weeks:g} weeks late",
    )
