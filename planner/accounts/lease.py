"""Operating lease: the rate and the upkeep of systems that stand with us for a term."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.held import extended_periods, held_periods
from planner.accounts.hosting import due_by_period
from planner.catalog.terms.lease import Leased
from planner.options.table import Options


@account("lease", on="deliver", driver="system-hours leased", unit="system·h", invoiced=True)
@account("lease", on="own", driver="system-hours leased", unit="system·h", invoiced=True)
def lease(options: Options, key: Key) -> Iterator[Payment]:
    """Every hour of the term inside the horizon at the rate it was signed for; nothing remains of it."""
    if options.offerings[key[0]].ownership == "lease":
        yield from due_by_period(options, key)


@account("lease upkeep", on="deliver", driver="system-hours leased", unit="system·h")
@account("lease upkeep", on="own", driver="system-hours leased", unit="system·h")
def lease_upkeep(options: Options, key: Key) -> Iterator[Payment]:
    """Support and spares of leased systems, where the lessor leaves them to us."""
    hours = options.timeline.hours
    for offering, period, _ in held_periods(options, key):
        leased = offering.terms.get(Leased)
        if leased is not None and leased.upkeep_usd_per_h:
            yield Payment(period, "middle", hours, leased.upkeep_usd_per_h * hours)


@account("lease upkeep", on="extend", driver="system-hours leased", unit="system·h")
def upkeep_extended(options: Options, key: Key) -> Iterator[Payment]:
    """The same while a lease is extended."""
    leased = options.offerings[key[0]].terms.get(Leased)
    if leased is not None and leased.upkeep_usd_per_h:
        hours = options.timeline.hours
        for period in extended_periods(options, key):
            yield Payment(period, "middle", hours, leased.upkeep_usd_per_h * hours)
