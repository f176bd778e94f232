"""Delivery slots: dated amounts a vendor gives, and nothing between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import Day, Number
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.catalog.terms.expand import closed


class Slot(Strict):
    """One dated amount."""

    date: Day
    """When the systems of the slot begin service."""
    systems: Number
    """Most systems in it, all sites together."""


class Slots(Term):
    """Delivery slots: systems arrive on the dates a vendor gives, at most so many on each."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "reserve")

    given: tuple[Slot, ...] = Field(min_length=1)
    """In any order; slots of one period add up."""

    def resolve(self, reading: Reading) -> SlotsGiven:
        timeline = reading.timeline
        systems = [0.0] * timeline.count
        for slot in self.given:
            period = timeline.first_from(reading.day(slot.date, "date of a slot"))
            if period < timeline.count:
                systems[period] += reading.number(slot.systems, "systems of a slot")
        return SlotsGiven(tuple(systems))

    def clashes(self, terms: object, as_of: date) -> Iterator[Clash]:
        for index, slot in enumerate(self.given):
            for clash in closed(slot.date, "date", as_of):
                yield Clash(clash.code, ("given", index, "date"), clash.what, "leave the slot out")


@dataclass(frozen=True)
class SlotsGiven:
    """Most systems delivered in each period."""

    systems: tuple[float, ...]


TERM = Slots
