"""Escalator: a price that rises by a stated rate at every anniversary."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import ClassVar

from planner.catalog.figures import SharePerYear
from planner.catalog.term import Ownership, Reading, Term

_ALMOST = 1e-9


class Escalator(Term):
    """Yearly step of the price: of a term since it was signed, of other prices since the horizon began."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "lease", "reserve", "rent")

    per_year: SharePerYear
    """Rise at each anniversary; negative where the price falls."""

    def resolve(self, reading: Reading) -> Escalated:
        return Escalated(reading.number(self.per_year, "escalator"))


@dataclass(frozen=True)
class Escalated:
    """The escalator as a plain rate per year."""

    per_year: float

    def after(self, years: float) -> float:
        """Factor on the price after a time: (1 + rate)^whole years.

        >>> Escalated(0.1).after(0.75), round(Escalated(0.1).after(2.5), 4)
        (1.0, 1.21)
        """
        return float((1 + self.per_year) ** floor(years + _ALMOST))


TERM = Escalator
