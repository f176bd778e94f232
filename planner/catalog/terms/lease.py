"""Operating lease: systems at our site for a term, for a monthly rate, then given back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from planner.catalog.fact import Figure
from planner.catalog.figures import InUnit
from planner.catalog.term import Ownership, Reading, Term

SystemRate = Annotated[Figure, InUnit("USD/system/h")]


class Lease(Term):
    """Operating lease: the rate of a wired system for as long as it stands here."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("lease",)

    rate: SystemRate | None = None
    """What one system costs, such as 9 kUSD/system/month, network included; absent: the offer's price."""
    upkeep: SystemRate | None = None
    """Support and spares we pay beside it; absent: the lessor bears them."""

    def resolve(self, reading: Reading) -> Leased:
        rate = None if self.rate is None else reading.number(self.rate, "lease rate")
        return Leased(rate, reading.number_or(self.upkeep, "upkeep of the lease", 0.0))


@dataclass(frozen=True)
class Leased:
    """USD per system-hour: of the lease, None where the offer says it, and of upkeep beside it."""

    rate_usd_per_h: float | None
    upkeep_usd_per_h: float


TERM = Lease
