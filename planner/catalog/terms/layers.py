"""Quantity layers: what is paid whatever comes, what may be reduced in time, and what is best effort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from planner.catalog.fact import Figure
from planner.catalog.figures import InUnit, Number, Weeks
from planner.catalog.term import Clash, Ownership, Reading, Term

SystemsPerYear = Annotated[Figure, InUnit("system/year")]


class Layers(Term):
    """Quantity layers of a purchase agreement: fixed, flexible until notice, and uncommitted."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    fixed: SystemsPerYear
    """Systems a year that are paid whether they are taken or not."""
    flexible: SystemsPerYear | None = None
    """Systems a year that may be reduced until notice, against the fee."""
    reduction_fee: Number | None = None
    """Share of the price of a flexible system that is paid when it is not taken."""
    notice: Weeks | None = None
    """Notice before service by which a flexible system must be reduced; later it counts as fixed."""
    uncommitted: SystemsPerYear | None = None
    """Systems a year beyond both, as a best effort."""
    expected: Number | None = None
    """Share of the uncommitted that is expected to come; absent: none, so the plan counts on nothing."""

    def resolve(self, reading: Reading) -> InLayers:
        years = reading.timeline.years
        best = reading.number_or(self.uncommitted, "uncommitted layer", 0.0)
        return InLayers(
            fixed=reading.number(self.fixed, "fixed layer") * years,
            flexible=reading.number_or(self.flexible, "flexible layer", 0.0) * years,
            reduction_fee=reading.number_or(self.reduction_fee, "reduction fee", 0.0),
            notice_weeks=reading.number_or(self.notice, "notice of a reduction", 0.0),
            uncommitted=best * years * reading.number_or(self.expected, "expected share", 0.0),
        )

    def clashes(self, terms: object, as_of: date) -> Iterator[Clash]:
        if self.flexible is not None and self.reduction_fee is None:
            what = "a flexible layer says what a reduction costs"
            yield Clash("CAT006", ("reduction_fee",), what, "write 0 % where it is free")
        for name in ("reduction_fee", "expected"):
            figure = getattr(self, name)
            share = figure.value(as_of) if figure else None
            if share is not None and share > 1:
                yield Clash("CAT006", (name,), f"a share of {share:.0%} is more than the whole")


@dataclass(frozen=True)
class InLayers:
    """Layers as plain numbers: systems per period; the uncommitted as far as it is expected to come."""

    fixed: float
    flexible: float
    reduction_fee: float
    notice_weeks: float
    uncommitted: float


TERM = Layers
