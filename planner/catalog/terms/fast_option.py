"""Paid option on a shorter lead time: a slot reserved today for a fee, exercised later or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.catalog.figures import Day, Dollars, Weeks
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.catalog.terms.expand import closed

if TYPE_CHECKING:
    from planner.catalog.contract import Terms


class FastOption(Term):
    """Paid option on a shorter lead time: reserve now, exercise at most that later."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    reserve_fee: Dollars
    """Fee of one reserved slot, paid now whether it is used or not."""
    exercise_price: Dollars
    """Price of one system when the slot is used; the fee is not credited."""
    lead_time_if_exercised: Weeks
    """Exercise to service."""
    expiry: Day
    """Last day to exercise."""

    def resolve(self, reading: Reading) -> FastSlot:
        return FastSlot(
            fee_usd=reading.number(self.reserve_fee, "reserve fee"),
            price_usd=reading.number(self.exercise_price, "exercise price"),
            lead_weeks=reading.number(self.lead_time_if_exercised, "lead time if exercised"),
            expiry=reading.day(self.expiry, "expiry of the option", late=True),
        )

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        yield from closed(self.expiry, "expiry", as_of)


@dataclass(frozen=True)
class FastSlot:
    """The option as plain numbers: fee and price of one system (USD), lead in weeks, last day to exercise."""

    fee_usd: float
    price_usd: float
    lead_weeks: float
    expiry: date


TERM = FastOption
