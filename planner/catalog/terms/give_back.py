"""Right of return: the supplier takes a bought system back for a share of its price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.catalog.figures import Number, Years
from planner.catalog.term import Clash, Ownership, Reading, Term

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class GiveBack(Term):
    """Right to return a bought system to its supplier for a share of the price paid."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    refund: Number
    """Share of the price paid that comes back."""
    opens: Years
    """Years after delivery from which it may be used."""
    closes: Years
    """Years after delivery until which it may be used."""

    def resolve(self, reading: Reading) -> MayReturn:
        years = reading.timeline.years
        return MayReturn(
            refund=reading.number(self.refund, "refund of a return"),
            opens=reading.number(self.opens, "opening of the right of return") / years,
            closes=reading.number(self.closes, "close of the right of return") / years,
        )

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        opens, closes = self.opens.value(as_of), self.closes.value(as_of)
        refund = self.refund.value(as_of)
        if opens is not None and closes is not None and opens > closes:
            what = f"it closes after {closes:g} years, before it opens after {opens:g}"
            yield Clash("CAT006", ("closes",), what)
        if refund is not None and refund > 1:
            what = f"{refund:.0%} of the price would come back, more than was paid"
            yield Clash("CAT006", ("refund",), what)


@dataclass(frozen=True)
class MayReturn:
    """Share of the price that comes back, and the ages in periods between which it may be asked for."""

    refund: float
    opens: float
    closes: float

    def open_at(self, age: int) -> bool:
        """Whether a system ``age`` periods after its delivery may be returned."""
        return age > 0 and self.opens <= age <= self.closes


TERM = GiveBack
