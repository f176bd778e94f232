"""Maintenance: support contract and spares of owned systems."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.held import held_periods
from planner.options.table import Options


@account("maintenance", on="deliver", driver="system-years held", unit="system·year")
@account("maintenance", on="own", driver="system-years held", unit="system·year")
def maintenance(options: Options, key: Key) -> Iterator[Payment]:
    """Support contract: share of the price paid, per year held."""
    years = options.timeline.years
    for offering, period, _ in held_periods(options, key):
        usd = offering.price_usd[key[2]] * offering.maintenance_per_year * years
        if usd:
            yield Payment(period, "middle", years, usd)


@account("spares", on="deliver", driver="system-years held", unit="system·year")
@account("spares", on="own", driver="system-years held", unit="system·year")
def spares(options: Options, key: Key) -> Iterator[Payment]:
    """Parts lost for good, at their share of the price paid, and failed link parts, per year held."""
    years = options.timeline.years
    for offering, period, _ in held_periods(options, key):
        lost = offering.price_usd[key[2]] * offering.failures_per_year
        usd = (lost + offering.link_spares_usd_per_year) * years
        if usd:
            yield Payment(period, "middle", years, usd)
