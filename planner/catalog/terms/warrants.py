"""Warrants: shares of the supplier given to the customer; shown beside the money, not in it unless asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.catalog.figures import Day, Dollars, Number
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class Warrants(Term):
    """Shares that vest to us on a day."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "lease", "reserve", "rent", "meter")

    shares: Number
    """How many."""
    vests: Day
    """When."""
    value: Dollars | None = None
    """What a share is worth over its strike price; absent: not said."""
    counted: bool = False
    """Whether their value lowers the cost of the plan."""

    def resolve(self, reading: Reading) -> Vesting:
        usd = 0.0
        if self.counted and self.value is not None:
            usd = reading.number(self.value, "value of a warrant")
        shares = reading.number(self.shares, "warrants")
        return Vesting(shares, reading.day(self.vests, "day warrants vest"), usd)

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        if self.counted and (self.value is None or self.value.value(as_of) is None):
            yield Clash("CAT006", ("counted",), "what is counted needs its value")


@dataclass(frozen=True)
class Vesting:
    """Shares, the day they vest, and USD a share counts in the plan; 0 where only shown."""

    shares: float
    vests: date
    counted_usd: float


TERM = Warrants
