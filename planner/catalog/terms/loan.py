"""Money lent or prepaid to the supplier: paid back in cash with interest, or credited against invoices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from planner.catalog.figures import Day, Dollars, Number, SharePerYear
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.timeline import first_day

if TYPE_CHECKING:
    from planner.catalog.contract import Terms

Back = Literal["cash", "credit"]


class Loan(Term):
    """Customer loan or prepayment credit; the scenario counts as having signed it."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own", "lease", "reserve", "rent", "meter")

    amount: Dollars
    """What is paid to the supplier."""
    lent: Day
    """When; what was paid before the as-of date is sunk and still owed to us."""
    rate: SharePerYear
    """Interest per year."""
    repaid: Day
    """When it is paid back in cash, or the last day on which it can be credited."""
    back: Back
    """cash: interest each year, the amount on the last day; credit: set against invoices, interest added."""
    credit_share: Number | None = None
    """Most of a period's invoices that may be paid by credit; absent: all of them."""

    def resolve(self, reading: Reading) -> Lent:
        return Lent(
            reading.number(self.amount, "amount lent"),
            reading.day(self.lent, "day of the loan"),
            reading.number(self.rate, "rate of the loan"),
            reading.day(self.repaid, "day of repayment"),
            self.back == "credit",
            reading.number_or(self.credit_share, "share of invoices credited", 1.0),
        )

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        lent, repaid = self.lent.at(as_of), self.repaid.at(as_of)
        if lent and repaid and first_day(str(repaid.value)) <= first_day(str(lent.value)):
            yield Clash("CAT008", ("repaid",), "it is paid back before it is lent")
        if self.back == "cash" and self.credit_share is not None:
            yield Clash("CAT006", ("credit_share",), "what is paid back in cash is not credited")


@dataclass(frozen=True)
class Lent:
    """A loan as plain numbers; amount in USD, rate per year. credited: against invoices, not in cash."""

    amount_usd: float
    lent: date
    rate: float
    repaid: date
    credited: bool
    credit_share: float

    def in_cash(self) -> Iterator[tuple[date, float]]:
        """(day, USD paid back): interest at each anniversary and for the rest, the amount at the end."""
        last, year = self.lent, 1
        while (day := _anniversary(self.lent, year)) < self.repaid:
            yield day, self.amount_usd * self.rate
            last, year = day, year + 1
        whole = (_anniversary(self.lent, year) - last).days
        rest = self.rate * (self.repaid - last).days / whole
        yield self.repaid, self.amount_usd * (1 + rest)


def _anniversary(day: date, years: int) -> date:
    """The same day some years later; 29 February counts as the 28th."""
    late = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, late)


TERM = Loan
