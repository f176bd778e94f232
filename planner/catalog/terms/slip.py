"""Slip: deliveries expected later than promised, and what the supplier pays for each week of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Annotated, ClassVar

from planner.catalog.fact import Figure
from planner.catalog.figures import InUnit, Number, Weeks
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.quantities import WEEKS_PER_YEAR

SharePerWeek = Annotated[Figure, InUnit("1/week")]
_WHOLE = 1e-2
"""Share of a period by which a slip may pass a whole number of them and still count as it."""


class Slip(Term):
    """Deliveries that come later than promised, with liquidated damages for every week."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    weeks: Weeks
    """How much later than promised systems are expected to serve."""
    damages: SharePerWeek | None = None
    """Share of the price the supplier pays back for each week late; absent: none."""
    most: Number | None = None
    """Most of the price that damages may come to; absent: all of it."""

    def resolve(self, reading: Reading) -> Late:
        weeks = reading.number(self.weeks, "weeks of slip")
        per_week = reading.number_or(self.damages, "damages of a week", 0.0)
        most = reading.number_or(self.most, "most damages", 1.0)
        periods = weeks / (reading.timeline.years * WEEKS_PER_YEAR)
        whole = ceil(periods - _WHOLE) if periods == periods else 0
        return Late(whole, weeks, min(most, per_week * weeks))

    def clashes(self, terms: object, as_of: date) -> Iterator[Clash]:
        most = self.most.value(as_of) if self.most else None
        if most is not None and most > 1:
            yield Clash("CAT006", ("most",), f"damages of up to {most:.0%} are more than the price")


@dataclass(frozen=True)
class Late:
    """Slip as plain numbers: whole periods that service begins later, weeks, damages as a share of the price."""

    periods: int
    weeks: float
    damages: float


TERM = Slip
