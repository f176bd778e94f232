"""Hosted capacity: reservations by the term, on-demand by the hour."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.held import held_periods
from planner.catalog.terms.escalator import Escalated
from planner.catalog.terms.prepayment import Prepaid
from planner.options.table import Offering, Options


def hourly_usd(options: Options, offering: Offering, delivery: int, period: int) -> float:
    """Rate of one system in a period of its term (USD/h): as signed, risen at each anniversary."""
    rises = offering.terms.get(Escalated)
    factor = rises.after((period - delivery) * options.timeline.years) if rises else 1.0
    return offering.price_usd[delivery] * factor


def unpaid_usd(options: Options, offering: Offering, delivery: int, period: int) -> float:
    """What one system of a term owes in one period of it (USD), its prepaid share left out."""
    prepaid = offering.terms.get(Prepaid)
    share = 1 - prepaid.share if prepaid else 1.0
    return hourly_usd(options, offering, delivery, period) * options.timeline.hours * share


def due_by_period(options: Options, key: Key) -> Iterator[Payment]:
    """What one system of a term owes in each period of the horizon."""
    for offering, period, _ in held_periods(options, key):
        usd = unpaid_usd(options, offering, key[2], period)
        yield Payment(period, "middle", options.timeline.hours, usd)


@account(
    "reservation", on="deliver", driver="system-hours reserved", unit="system·h", invoiced=True
)
@account("reservation", on="own", driver="system-hours reserved", unit="system·h", invoiced=True)
def reservation(options: Options, key: Key) -> Iterator[Payment]:
    """Every hour of the term inside the horizon at the price of the period it was signed for.

    What falls past the horizon is the account ``obligation past horizon``.
    """
    if options.offerings[key[0]].ownership == "reserve":
        yield from due_by_period(options, key)


@account("on-demand", on="rent", driver="system-hours rented", unit="system·h", invoiced=True)
def on_demand(options: Options, key: Key) -> Iterator[Payment]:
    """The hours of the load block at the period's hourly price."""
    offer, _, period, block = key
    hours = options.hours(block)
    yield Payment(period, "middle", hours, options.offerings[offer].price_usd[period] * hours)
