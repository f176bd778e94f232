"""Facility and staff: what a powered system costs its site, whatever it serves."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options


@account("facility", on="fleet", driver="provisioned power", unit="kW·year", facility=True)
def facility(options: Options, key: Key) -> Iterator[Payment]:
    """Colocation rate or shell cost on provisioned IT power."""
    name, site, period = key
    place = options.places[site]
    if not place.hosted:
        kw_years = options.configurations[name].provisioned_kw * options.timeline.years
        rate = place.facility_usd_per_kw_year[period]
        yield Payment(period, "middle", kw_years, kw_years * rate)


@account("shell", on="fleet", driver="provisioned power", unit="kW·year", facility=True)
def shell(options: Options, key: Key) -> Iterator[Payment]:
    """Capital of an owned shell on provisioned IT power, as the annuity of its own rate and life."""
    name, site, period = key
    building = options.places[site].shell
    if building is not None:
        kw_years = options.configurations[name].provisioned_kw * options.timeline.years
        yield Payment(period, "middle", kw_years, kw_years * building.usd_per_kw_year)


@account("staff", on="fleet", driver="provisioned power", unit="kW·year")
def staff(options: Options, key: Key) -> Iterator[Payment]:
    """Operators in proportion to provisioned IT power."""
    name, site, period = key
    if not options.places[site].hosted:
        kw_years = options.configurations[name].provisioned_kw * options.timeline.years
        yield Payment(period, "middle", kw_years, kw_years * options.staff_usd_per_kw_year)
