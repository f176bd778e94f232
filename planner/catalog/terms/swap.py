"""Hardware-swap right: after some years a system is exchanged for a later one at stated terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.catalog.figures import Dollars, Number, Years
from planner.catalog.term import Ownership, Reading, Term


class Swap(Term):
    """Right to exchange a bought system for a later one, from an age on, at a stated price."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    system: str
    """Id of the system that comes instead."""
    after: Years
    """Years after delivery from which the right may be used."""
    price: Dollars
    """Price of one of the new systems; the old one is handed in with it."""
    handed_in: Number | None = None
    """Old systems handed in for one new; absent: one."""

    def resolve(self, reading: Reading) -> MaySwap:
        after = reading.number(self.after, "years before a swap")
        return MaySwap(
            system=self.system,
            opens=after / reading.timeline.years,
            price_usd=reading.number(self.price, "price of a swap"),
            handed_in=reading.number_or(self.handed_in, "systems handed in", 1.0),
        )


@dataclass(frozen=True)
class MaySwap:
    """The right as plain numbers: new system, age in periods from which, USD of one, old ones for one."""

    system: str
    opens: float
    price_usd: float
    handed_in: float

    def open_at(self, age: int) -> bool:
        """Whether a system ``age`` periods after its delivery may be swapped."""
        return age > 0 and age >= self.opens


TERM = Swap
