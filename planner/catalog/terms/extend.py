"""Option to extend: a term may go on once, at a share of its rate, if notice is given in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.catalog.figures import Number, Weeks, Years
from planner.catalog.term import Ownership, Reading, Term


class Extend(Term):
    """Option to extend a term once, at a stated share of its rate."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("lease", "reserve")

    by: Years
    """How much longer it then runs."""
    rate_share: Number
    """Rate of the extension over the rate that was signed."""
    notice: Weeks | None = None
    """Notice before the term ends; absent: until its last day."""

    def resolve(self, reading: Reading) -> Extension:
        years = reading.number(self.by, "length of the extension")
        return Extension(
            periods=reading.timeline.periods_in(years) if years == years else 0,
            rate_share=reading.number(self.rate_share, "rate of the extension"),
            notice_weeks=reading.number_or(self.notice, "notice of the extension", 0.0),
        )


@dataclass(frozen=True)
class Extension:
    """The right as plain numbers: length in periods, share of the signed rate, notice in weeks."""

    periods: int
    rate_share: float
    notice_weeks: float


TERM = Extend
