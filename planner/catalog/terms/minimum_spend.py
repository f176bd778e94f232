"""Minimum spend: what must be paid to the supplier in a year, used or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import Dollars
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class YearlySpend(Strict):
    """The least of one calendar year."""

    year: int
    """Calendar year."""
    amount: Dollars
    """Least that is invoiced under the contract in it."""


class MinimumSpend(Term):
    """Least yearly spend under the contract, all its offers together; the shortfall is paid."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "lease", "reserve", "rent", "meter")

    years: tuple[YearlySpend, ...] = Field(min_length=1)
    """Year by year; those outside the horizon bind nothing."""

    def resolve(self, reading: Reading) -> SpendAtLeast:
        inside = {period.year for period in reading.timeline.periods}
        usd = {part.year: reading.number(part.amount, "minimum spend") for part in self.years}
        return SpendAtLeast({year: least for year, least in usd.items() if year in inside})

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        for year, count in Counter(part.year for part in self.years).items():
            if count > 1:
                yield Clash("CAT008", ("years",), f"the year {year} is written {count} times")


@dataclass(frozen=True)
class SpendAtLeast:
    """Least spend by calendar year of the horizon (USD)."""

    usd: dict[int, float]


TERM = MinimumSpend
