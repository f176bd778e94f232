"""Prepayment: the share of a term's payments made when it begins."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.hosting import hourly_usd
from planner.catalog.terms.prepayment import Prepaid
from planner.options.table import Options


def prepaid_usd(options: Options, key: Key, first: int, end: int) -> float:
    """The prepaid share of one system's payments for some periods of its term (USD)."""
    offering = options.offerings[key[0]]
    prepaid = offering.terms.get(Prepaid)
    if prepaid is None:
        return 0.0
    hours = options.timeline.hours
    rates = (hourly_usd(options, offering, key[2], period) for period in range(first, end))
    return prepaid.share * sum(rates) * hours


@account("prepayment", on="deliver", driver="systems prepaid", unit="system", invoiced=True)
def prepayment(options: Options, key: Key) -> Iterator[Payment]:
    """The stated share of the whole term, inside the horizon and past it, when the term begins."""
    delivery = key[2]
    usd = prepaid_usd(options, key, delivery, delivery + options.offerings[key[0]].held)
    if usd:
        yield Payment(delivery, "start", 1.0, usd)
