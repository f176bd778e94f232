"""Obligations past the horizon: what a term still owes when the plan ends, less what it is still worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

from planner.accounts.account import Key, Payment, account
from planner.accounts.hosting import hourly_usd
from planner.catalog.terms.extend import Extension
from planner.options.table import Offering, Options
from planner.timeline import SHARE_OF_PERIOD

PER_TERM = ("lease", "reserve")
"""Kinds of ownership that go on paying the rate they were signed at until their term ends."""


@dataclass(frozen=True)
class Owed:
    """What one system under term owes after the horizon (USD, worth at the horizon's end).

    hours: of the term past the horizon. nominal_usd: as it will be paid. owed_usd: discounted.
    service_usd: what the same hours would cost at the last quote of the horizon, never above what
    is owed. over_by_period_usd: for each period past the horizon what is owed above that worth, as
    it will be paid.
    """

    hours: float
    nominal_usd: float
    owed_usd: float
    service_usd: float
    over_by_period_usd: tuple[float, ...]

    @property
    def over_usd(self) -> float:
        """What is owed above the worth of the service."""
        return self.owed_usd - self.service_usd


def owed_past_horizon(
    options: Options, offering: Offering, ends: int, usd_per_hour: Callable[[int], float]
) -> Owed | None:
    """Obligation of one system whose term ends at period ``ends``, None where the horizon covers it.

    usd_per_hour: the rate that the term goes on paying in a period.
    Worth of the service: hours at min(own rate, the offer's last quote in the horizon), because that
    is what the same capacity could then be had for. Both are discounted to the horizon's end.
    """
    timeline = options.timeline
    count = timeline.count
    if ends <= count:
        return None
    quoted = next((usd for usd in reversed(offering.price_usd[:count]) if usd == usd), inf)
    nominal = owed = worth = 0.0
    over = []
    for period in range(count, ends):
        usd = usd_per_hour(period) * timeline.hours
        weight = timeline.waited(period - count + SHARE_OF_PERIOD["middle"])
        service = min(usd, quoted * timeline.hours)
        nominal += usd
        owed += usd * weight
        worth += service * weight
        over.append(usd - service)
    return Owed(timeline.hours * (ends - count), nominal, owed, worth, tuple(over))


def owed_by_cohort(options: Options, offering: Offering, delivery: int) -> Owed | None:
    """Obligation of one system of a cohort under its own term; None where nothing is paid by term."""
    if offering.ownership not in PER_TERM:
        return None
    ends = delivery + offering.held
    return owed_past_horizon(
        options, offering, ends, lambda period: hourly_usd(options, offering, delivery, period)
    )


def owed_by_extension(options: Options, offering: Offering, delivery: int) -> Owed | None:
    """Obligation of one system of a cohort whose term was extended; None where it cannot be."""
    agreed = offering.terms.get(Extension)
    if agreed is None:
        return None
    ends = delivery + offering.held + agreed.periods
    rate = offering.price_usd[delivery] * agreed.rate_share
    return owed_past_horizon(options, offering, ends, lambda period: rate)


def charged_usd(options: Options, offering: Offering, delivery: int) -> float:
    """What the plan charges for it: above the worth of its service, at most what leaving then costs."""
    owed = owed_by_cohort(options, offering, delivery)
    if owed is None:
        return 0.0
    if not offering.may_cancel(offering.age + options.timeline.count - delivery):
        return owed.over_usd
    assert offering.exit_fee is not None
    return min(owed.over_usd, offering.exit_fee * owed.nominal_usd)


@account(
    "obligation past horizon", on="deliver", driver="system-hours owed", unit="system·h", cash=False
)
def of_delivery(options: Options, key: Key) -> Iterator[Payment]:
    """What a term owes past the horizon above the worth of its service, for terms that cannot end early."""
    if not options.offerings[key[0]].ends_early:
        yield from _charge(options, key)


@account(
    "obligation past horizon", on="own", driver="system-hours owed", unit="system·h", cash=False
)
def of_ownership(options: Options, key: Key) -> Iterator[Payment]:
    """The same for terms still held in the last period; never more than leaving then would cost."""
    if key[3] == options.timeline.count - 1:
        yield from _charge(options, key)


def _charge(options: Options, key: Key) -> Iterator[Payment]:
    offering = options.offerings[key[0]]
    owed, usd = owed_by_cohort(options, offering, key[2]), charged_usd(options, offering, key[2])
    if owed is None or usd <= 0:
        return
    if usd < owed.over_usd:
        yield Payment(options.timeline.count - 1, "end", owed.hours, usd)
    else:
        yield from dated(options, owed)


def dated(options: Options, owed: Owed) -> Iterator[Payment]:
    """What is owed above the worth of the service, in the middle of each period past the horizon."""
    last, hours = options.timeline.count - 1, options.timeline.hours
    for past, usd in enumerate(owed.over_by_period_usd):
        yield Payment(last, "end", hours, usd, later=past + SHARE_OF_PERIOD["middle"])
