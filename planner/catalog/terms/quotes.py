"""Dated quotes: a price holds for orders placed before it expires, then the next, then none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import Day, Dollars, DollarsPerChipHour
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.timeline import last_day

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class Quote(Strict):
    """One price and the last day on which it can be ordered at."""

    price: Dollars | None = None
    """Per system, of what is bought."""
    rate: DollarsPerChipHour | None = None
    """Per chip-hour, of a reservation."""
    until: Day
    """Last day of order."""


class Quotes(Term):
    """Prices that expire; an order after the last of them finds no offer."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "reserve")

    ladder: tuple[Quote, ...] = Field(min_length=1)
    """In order of expiry."""

    def resolve(self, reading: Reading) -> Quoted:
        found = []
        for quote in self.ladder:
            until = reading.day(quote.until, "expiry of a quote", late=True)
            figure = quote.price or quote.rate
            assert figure is not None
            found.append((until, reading.number(figure, "quoted price")))
        return Quoted(tuple(found))

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        wanted, other = ("price", "rate") if terms.ownership == "own" else ("rate", "price")
        for index, quote in enumerate(self.ladder):
            if getattr(quote, wanted) is None or getattr(quote, other) is not None:
                what = f"a quote where ownership is '{terms.ownership}' gives '{wanted}' alone"
                yield Clash("CAT006", ("ladder", index), what)
        facts = [quote.until.at(as_of) for quote in self.ladder]
        days = [last_day(str(fact.value)) for fact in facts if fact is not None]
        if any(later <= earlier for earlier, later in pairwise(days)):
            what = "a quote expires before the one it follows"
            yield Clash("CAT008", ("ladder",), what, "write them in order of expiry")


@dataclass(frozen=True)
class Quoted:
    """(last day of order, USD per system or per chip-hour), in order of expiry."""

    ladder: tuple[tuple[date, float], ...]

    def on(self, order: date) -> float | None:
        """The price an order of a day finds; None after the last expiry."""
        return next((usd for until, usd in self.ladder if order <= until), None)


TERM = Quotes
