"""Ending early: resale of owned systems, exit fees of reservations."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.hosting import hourly_usd
from planner.options.table import Options


@account("resale", on="sell", driver="systems sold", unit="system")
def resale(options: Options, key: Key) -> Iterator[Payment]:
    """The resale curve's share of the price paid, received when the period begins."""
    offer, _, delivery, period = key
    offering = options.offerings[offer]
    if offering.resale:
        age = offering.age + period - delivery
        value = offering.price_usd[delivery] * offering.resale[min(age, len(offering.resale) - 1)]
        yield Payment(period, "start", 1.0, -value)


@account("exit fee", on="sell", driver="systems given back", unit="system")
def exit_fee(options: Options, key: Key) -> Iterator[Payment]:
    """The stated share of every payment still due under the term, paid when it ends."""
    offer, _, delivery, period = key
    offering = options.offerings[offer]
    if offering.exit_fee is not None:
        left = range(period, delivery + offering.held)
        rates = (hourly_usd(options, offering, delivery, later) for later in left)
        due = sum(rates) * options.timeline.hours
        yield Payment(period, "start", 1.0, offering.exit_fee * due)
