"""Demand charge: what the utility asks for the wire."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import MEGAWATT
from planner.quantities import MONTHS_PER_YEAR


@account("demand charge", on="peak", driver="billed peak", unit="kW·month")
def demand_charge(options: Options, key: Key) -> Iterator[Payment]:
    """The period's billed peak, every month of it at the charge."""
    site, period = key
    charge = options.places[site].demand_usd_per_kw_month
    assert charge is not None
    kw_months = MEGAWATT * options.timeline.years * MONTHS_PER_YEAR
    yield Payment(period, "middle", kw_months, kw_months * charge[period])
