"""Which columns carry the costs of holding a system: its delivery, or its ownership by period."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key
from planner.catalog.terms.extend import Extension
from planner.options.table import Offering, Options


def held_periods(options: Options, key: Key) -> Iterator[tuple[Offering, int, int]]:
    """(offering, period, age in periods) for every period one unit of the column is held.

    A ``deliver`` column stands for its whole life unless the contract may end early, when each
    ``own`` column stands for its own period.
    """
    offering = options.offerings[key[0]]
    delivery = key[2]
    if len(key) == 4:
        period = key[3]
        yield offering, period, period - delivery
    elif not offering.ends_early:
        last = min(delivery + offering.held, options.timeline.count)
        for period in range(delivery, last):
            yield offering, period, offering.age + period - delivery


def extended_periods(options: Options, key: Key) -> range:
    """Periods of the horizon in which a cohort whose term is extended goes on past its end."""
    offering, delivery = options.offerings[key[0]], key[2]
    agreed = offering.terms.get(Extension)
    if agreed is None:
        return range(0)
    begins = delivery + offering.held
    return range(begins, min(begins + agreed.periods, options.timeline.count))
