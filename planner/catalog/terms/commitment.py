"""Take-or-pay: an amount of power or tokens that is paid for whether it is used or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Annotated, ClassVar

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Day, InUnit, Kilowatts, Number, TokensPerSecond
from planner.catalog.term import Clash, Ownership, Reading, Term
from planner.catalog.terms.expand import closed
from planner.timeline import Timeline, first_day

if TYPE_CHECKING:
    from planner.catalog.contract import Terms

PowerRate = Annotated[Figure, InUnit("USD/kW/h")]


class Size(Strict):
    """An amount of capacity: of provisioned IT power, or of tokens."""

    power: Kilowatts | None = None
    """Provisioned IT power of the systems behind it."""
    tokens: TokensPerSecond | None = None
    """Output tokens per second."""


class RampStep(Strict):
    """The share of the committed amount from a day on."""

    begins: Day
    """First day."""
    share: Number
    """Share of the committed amount; the last step is usually the whole."""


class Enlargement(Strict):
    """An option on more of the same at the same price."""

    size: Size
    """Most that may be added."""
    until: Day
    """Last day from which it may be added."""


class Commitment(Term):
    """Take-or-pay capacity with its ramp, and an option on more."""

    goes_with: ClassVar[tuple[Ownership, ...]] = ("rent", "meter")

    size: Size
    """Committed amount, or the least the plan may commit to."""
    at_most: Size | None = None
    """Most the plan may commit to; absent: exactly the size."""
    ramp: tuple[RampStep, ...] = ()
    """Shares in order of time, nothing before the first; empty: the whole at once."""
    take: Number | None = None
    """Share of the committed amount that is paid for whether used or not; absent: all of it."""
    until: Day | None = None
    """Last day of the commitment; absent: past the horizon."""
    price: PowerRate | None = None
    """What a kW of provisioned IT power costs, such as 5 MUSD/MW/year; absent: the offer's price."""
    option: Enlargement | None = None
    """An option on more."""

    def resolve(self, reading: Reading) -> Committed:
        timeline = reading.timeline
        least = _amount(self.size, reading)
        option = self.option
        return Committed(
            by_power=self.size.power is not None,
            least=least,
            most=_amount(self.at_most, reading) if self.at_most else least,
            ramp=self._ramp(reading),
            take=reading.number_or(self.take, "share to take", 1.0),
            usd_per_kw_h=None if self.price is None else reading.number(self.price, "price of power"),
            option=_amount(option.size, reading) if option else 0.0,
            option_until=_last_period(option.until, reading) if option else -1,
            last=_last_period(self.until, reading) if self.until else timeline.count - 1,
        )  # fmt: skip

    def _ramp(self, reading: Reading) -> tuple[float, ...]:
        steps = [
            (reading.day(step.begins, "day of the ramp"), reading.number(step.share, "ramp share"))
            for step in self.ramp
        ] or [(date.min, 1.0)]
        return tuple(_in_force(steps, period.start) for period in reading.timeline.periods)

    def clashes(self, terms: Terms, as_of: date) -> Iterator[Clash]:
        sizes: list[tuple[tuple[str | int, ...], Size]] = [(("size",), self.size)]
        sizes += [(("at_most",), self.at_most)] if self.at_most else []
        sizes += [(("option", "size"), self.option.size)] if self.option else []
        wanted, other = ("power", "tokens") if terms.ownership == "rent" else ("tokens", "power")
        for key, size in sizes:
            if getattr(size, wanted) is None or getattr(size, other) is not None:
                what = (
                    f"where ownership is '{terms.ownership}' an amount is said in '{wanted}' alone"
                )
                yield Clash("CAT006", key, what)
        yield from self._amounts_in_order(wanted, as_of)
        if self.option is not None:
            for clash in closed(self.option.until, "until", as_of):
                yield Clash(clash.code, ("option", *clash.key), clash.what, clash.hint)
        facts = [step.begins.at(as_of) for step in self.ramp]
        days = [first_day(str(fact.value)) for fact in facts if fact is not None]
        if any(later <= earlier for earlier, later in pairwise(days)):
            yield Clash("CAT008", ("ramp",), "the ramp is not in order of time")

    def _amounts_in_order(self, measure: str, as_of: date) -> Iterator[Clash]:
        low, high = (getattr(size, measure, None) for size in (self.size, self.at_most))
        least, most = (figure.value(as_of) if figure else None for figure in (low, high))
        if least is not None and most is not None and least > most:
            yield Clash("CAT008", ("at_most",), "the most that may be committed is below the least")


def _amount(size: Size, reading: Reading) -> float:
    """kW or output tok/s, whichever is said."""
    if size.power is not None:
        return reading.number(size.power, "committed power")
    return reading.number(size.tokens, "committed tokens") if size.tokens is not None else inf


def _in_force(steps: list[tuple[date, float]], day: date) -> float:
    begun = [share for begins, share in steps if begins <= day]
    return begun[-1] if begun else 0.0


def _last_period(figure: Figure, reading: Reading) -> int:
    """The last period that begins by a day; -1 where none does."""
    until = reading.day(figure, "end of the commitment", late=True)
    return _begun(reading.timeline, until)


def _begun(timeline: Timeline, until: date) -> int:
    return max((p.index for p in timeline.periods if p.start <= until), default=-1)


@dataclass(frozen=True)
class Committed:
    """Take-or-pay as plain numbers.

    by_power: amounts are kW of provisioned IT power, else output tok/s. least, most: the committed
    amount. ramp: share of it in each period. take: share of it paid for unused. usd_per_kw_h: its
    price, None where the offer says it. option, option_until: the most that may be added, and the last
    period from which. last: the commitment's last period.
    """

    by_power: bool
    least: float
    most: float
    ramp: tuple[float, ...]
    take: float
    usd_per_kw_h: float | None
    option: float
    option_until: int
    last: int

    def share(self, period: int) -> float:
        """Share of the committed amount in force in a period."""
        return self.ramp[period] if period <= self.last else 0.0


TERM = Commitment
