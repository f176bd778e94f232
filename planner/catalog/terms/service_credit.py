"""Service credits: part of the fee comes back for availability short of the promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from planner.catalog.figures import Number
from planner.catalog.term import Clash, Ownership, Reading, Term


class ServiceCredit(Term):
    """Service credits: a share of the fee back for each point of availability short of the promise."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("reserve", "rent")

    promised: Number
    """Availability promised."""
    per_point: Number
    """Share of the fee that comes back for each percentage point short."""
    most: Number | None = None
    """Most of the fee that credits may come to; absent: all of it."""
    expected: Number | None = None
    """Availability expected; absent: the credit is a right, and no money is counted on."""

    def resolve(self, reading: Reading) -> Credit:
        promised = reading.number(self.promised, "promised availability")
        per_point = reading.number(self.per_point, "credit of a point")
        most = reading.number_or(self.most, "most credits", 1.0)
        expected = reading.number_or(self.expected, "expected availability", promised)
        points = max(0.0, promised - expected) * POINTS
        return Credit(promised, min(most, per_point * points))

    def clashes(self, terms: object, as_of: date) -> Iterator[Clash]:
        for name in ("promised", "most", "expected"):
            figure = getattr(self, name)
            share = figure.value(as_of) if figure else None
            if share is not None and share > 1:
                yield Clash("CAT006", (name,), f"a share of {share:.0%} is more than the whole")


POINTS = 100.0
"""Percentage points in the whole."""


@dataclass(frozen=True)
class Credit:
    """The credit as plain numbers: availability promised, and the share of the fee expected back."""

    promised: float
    fee_share: float


TERM = ServiceCredit
