"""Hosted capacity: reservations by the term, on-demand by the hour."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.held import held_periods
from planner.options.table import Options


@account("reservation", on="deliver", driver="system-hours reserved", unit="system·h")
@account("reservation", on="own", driver="system-hours reserved", unit="system·h")
def reservation(options: Options, key: Key) -> Iterator[Payment]:
    """Every hour of the term inside the horizon at the price of the period it was signed for.

    What falls past the horizon is charged and valued at that same price, so it cancels, as the
    straight-line worth of an owned system does.
    """
    hours = options.timeline.hours
    for offering, period, _ in held_periods(options, key):
        if offering.ownership == "reserve":
            yield Payment(period, "middle", hours, offering.price_usd[key[2]] * hours)


@account("on-demand", on="rent", driver="system-hours rented", unit="system·h")
def on_demand(options: Options, key: Key) -> Iterator[Payment]:
    """The hours of the load block at the period's hourly price."""
    offer, _, period, block = key
    hours = options.hours(block)
    yield Payment(period, "middle", hours, options.offerings[offer].price_usd[period] * hours)
