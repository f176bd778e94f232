"""Acceptance test: a share of the price comes back where a system is slower than claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from planner.catalog.figures import Number, Weeks
from planner.catalog.term import Clash, Ownership, Reading, Term


class Acceptance(Term):
    """Acceptance test with its remedy: below a share of the claimed throughput, part of the price comes back."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    least: Number
    """Share of the claimed throughput below which the test fails."""
    refund: Number
    """Share of the price that comes back when it fails."""
    expected_failures: Number | None = None
    """Share of systems expected to fail; absent: the remedy is a right, and no money is counted on."""
    weeks: Weeks | None = None
    """Weeks after service begins at which the refund is paid; absent: at once."""

    def resolve(self, reading: Reading) -> Remedy:
        return Remedy(
            least=reading.number(self.least, "throughput of the acceptance test"),
            refund=reading.number(self.refund, "refund of the acceptance test"),
            expected_failures=reading.number_or(
                self.expected_failures, "failures of the acceptance test", 0.0
            ),
            weeks=reading.number_or(self.weeks, "weeks to the refund", 0.0),
        )

    def clashes(self, terms: object, as_of: date) -> Iterator[Clash]:
        for name in ("least", "refund", "expected_failures"):
            figure = getattr(self, name)
            share = figure.value(as_of) if figure else None
            if share is not None and share > 1:
                yield Clash("CAT006", (name,), f"a share of {share:.0%} is more than the whole")


@dataclass(frozen=True)
class Remedy:
    """The remedy as plain numbers: shares of claim, price and systems, and weeks to the refund."""

    least: float
    refund: float
    expected_failures: float
    weeks: float


TERM = Acceptance
