"""Option to expand: more systems at a price agreed today, until a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import TYPE_CHECKING, ClassVar

from planner.catalog.figures import Day, Dollars, DollarsPerChipHour, Number, Weeks
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.timeline import last_day

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class Expand(Term):
    """Option on more systems at a price agreed today, ordered until a date."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "reserve")

    share: Number | None = None
    """Most systems under the option for each system taken under the contract by then."""
    most: Number | None = None
    """Most systems under the option in all."""
    until: Day
    """Last day to order under it."""
    price: Dollars | None = None
    """Price of one system, for what is bought."""
    rate: DollarsPerChipHour | None = None
    """Rate for its whole term, for what is reserved."""
    lead_time: Weeks | None = None
    """Order to service; absent: the offer's."""

    def resolve(self, reading: Reading) -> MayExpand:
        price = self.price if self.price is not None else self.rate
        assert price is not None
        lead = self.lead_time
        return MayExpand(
            share=reading.number_or(self.share, "share of the option", inf),
            most=reading.number_or(self.most, "size of the option", inf),
            until=reading.day(self.until, "last day of the option", late=True),
            usd=reading.number(price, "price of the option"),
            lead_weeks=None if lead is None else reading.number(lead, "lead time of the option"),
        )

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        if self.share is None and self.most is None:
            what = "an option to expand says by how much"
            yield Clash("CAT006", ("share",), what, "give share, most, or both")
        wanted, other = ("price", "rate") if terms.ownership == "own" else ("rate", "price")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            what = (
                f"under ownership '{terms.ownership}' an option has a '{wanted}', and no '{other}'"
            )
            yield Clash("CAT006", (wanted,), what)
        yield from closed(self.until, "until", as_of)


def closed(figure: Day, key: str, as_of: date) -> Iterator[Clash]:
    """RGT002 where a dated right ended before the plan is made."""
    fact = figure.at(as_of)
    if as_of == date.max:
        return  # a catalog is read on no plan's day
    if fact is not None and last_day(str(fact.value)) < as_of:
        what = f"the right ended on {last_day(str(fact.value))}, before the as-of date {as_of}"
        yield Clash("RGT002", (key,), what, "give a later day, or leave the right out")


@dataclass(frozen=True)
class MayExpand:
    """The option as plain numbers.

    share: systems per system taken under the contract. most: systems in all. until: last day to
    order. usd: per system, or per chip-hour. lead_weeks: None for the offer's own.
    """

    share: float
    most: float
    until: date
    usd: float
    lead_weeks: float | None


TERM = Expand
