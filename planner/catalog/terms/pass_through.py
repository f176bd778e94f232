"""Memory pass-through: the price of a system moves with the contract price of its memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from planner.catalog.chip import MemoryKind
from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Day, InUnit, Number
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.timeline import first_day

if TYPE_CHECKING:
    from planner.catalog.contract import Terms

MemoryPrice = Annotated[Figure, InUnit("USD/GB")]


class MemoryStep(Strict):
    """A contract price of memory and the day from which it holds."""

    begins: Day
    """First day."""
    price: MemoryPrice
    """USD per GB."""


class PassThrough(Term):
    """Memory's price above or below a base, passed on for every GB of a system."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("own",)

    memory: MemoryKind
    """Kind of memory whose price is passed on."""
    share: Number
    """Share of the difference that we bear."""
    base: MemoryPrice
    """Price already in the system's price."""
    prices: tuple[MemoryStep, ...] = Field(min_length=1)
    """Contract prices in order of time; before the first the base holds."""

    def resolve(self, reading: Reading) -> PassedOn:
        base = reading.number(self.base, "base price of memory")
        steps = [
            (reading.day(step.begins, "day of a memory price"), reading.number(step.price, "memory price"))
            for step in self.prices
        ]  # fmt: skip
        share = reading.number(self.share, "share of memory's price passed on")
        return PassedOn(self.memory, share, base, tuple(steps))

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        facts = [step.begins.at(as_of) for step in self.prices]
        days = [first_day(str(fact.value)) for fact in facts if fact is not None]
        if any(later <= earlier for earlier, later in pairwise(days)):
            yield Clash("CAT008", ("prices",), "the prices are not in order of time")


@dataclass(frozen=True)
class PassedOn:
    """Pass-through as plain numbers: USD per GB, and the days from which prices hold."""

    memory: str
    share: float
    base_usd_per_gb: float
    steps: tuple[tuple[date, float], ...]

    def per_gb(self, day: date) -> float:
        """What a GB adds to a system's price on a day (USD): share · (price − base)."""
        begun = [usd for begins, usd in self.steps if begins <= day]
        return self.share * (begun[-1] - self.base_usd_per_gb) if begun else 0.0


TERM = PassThrough
