"""Remedies: what a supplier pays back for lateness, for speed below the claim, and for outages."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.held import extended_periods, held_periods
from planner.accounts.hosting import hourly_usd
from planner.catalog.terms.acceptance import Remedy
from planner.catalog.terms.extend import Extension
from planner.catalog.terms.service_credit import Credit
from planner.catalog.terms.slip import Late
from planner.options.table import Options
from planner.timeline import after


@account("liquidated damages", on="deliver", driver="systems late", unit="system", capital=True)
def liquidated_damages(options: Options, key: Key) -> Iterator[Payment]:
    """A share of the price for every week late, up to its most, when the system comes at last."""
    offer, _, delivery = key
    offering = options.offerings[offer]
    late = offering.terms.get(Late)
    if late is not None and late.damages:
        yield Payment(delivery, "start", 1.0, -late.damages * offering.price_usd[delivery])


@account("acceptance refund", on="deliver", driver="systems that fail", unit="system", capital=True)
def acceptance_refund(options: Options, key: Key) -> Iterator[Payment]:
    """The refund of the systems expected to fail their test; nothing where no failure is stated."""
    offer, _, delivery = key
    offering = options.offerings[offer]
    remedy = offering.terms.get(Remedy)
    if remedy is None or not remedy.expected_failures:
        return
    timeline = options.timeline
    day = after(timeline.periods[delivery].start, remedy.weeks)
    period = min(timeline.index_at(day), timeline.count - 1)
    failing = remedy.expected_failures
    yield Payment(period, "start", failing, -failing * remedy.refund * offering.price_usd[delivery])


@account("service credit", on="deliver", driver="system-hours reserved", unit="system·h")
@account("service credit", on="own", driver="system-hours reserved", unit="system·h")
def credit_of_term(options: Options, key: Key) -> Iterator[Payment]:
    """Share of the fee back for the availability expected to be short of the promise."""
    hours = options.timeline.hours
    for offering, period, _ in held_periods(options, key):
        credit = offering.terms.get(Credit)
        if credit is not None and credit.fee_share and offering.ownership == "reserve":
            fee = hourly_usd(options, offering, key[2], period) * hours
            yield Payment(period, "middle", hours, -credit.fee_share * fee)


@account("service credit", on="extend", driver="system-hours reserved", unit="system·h")
def credit_of_extension(options: Options, key: Key) -> Iterator[Payment]:
    """The same share of the fee of an extension."""
    offer, _, delivery = key
    offering = options.offerings[offer]
    credit, agreed = offering.terms.get(Credit), offering.terms.get(Extension)
    if credit is None or not credit.fee_share or agreed is None:
        return
    hours = options.timeline.hours
    fee = offering.price_usd[delivery] * agreed.rate_share * hours
    for period in extended_periods(options, key):
        yield Payment(period, "middle", hours, -credit.fee_share * fee)


@account("service credit", on="rent", driver="system-hours rented", unit="system·h")
def credit_of_rental(options: Options, key: Key) -> Iterator[Payment]:
    """The same share of what is rented by the hour."""
    offer, _, period, block = key
    offering = options.offerings[offer]
    credit = offering.terms.get(Credit)
    if credit is not None and credit.fee_share:
        hours = options.hours(block)
        yield Payment(
            period, "middle", hours, -credit.fee_share * offering.price_usd[period] * hours
        )
