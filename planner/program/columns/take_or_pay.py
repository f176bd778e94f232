"""Take-or-pay: what is committed to, what is added by the option, and what is paid for unused."""

from __future__ import annotations

from planner.catalog.terms.commitment import Committed
from planner.options.units import MEGAWATT, gtok_per_hour
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("commit", "o", "MW or Gtok/h", "committed to under take-or-pay, at the full ramp"),
    Kind("enlarge", "o,t", "MW or Gtok/h", "added from t on by the option"),
    Kind("shortfall", "o,t", "MW or Gtok/h", "mean amount paid for and not used"),
)


def in_row_units(committed: Committed, amount: float) -> float:
    """A committed amount in the unit of its rows: MW from kW, Gtok/h from tok/s."""
    return amount / MEGAWATT if committed.by_power else gtok_per_hour(amount)


def add(space: Space) -> None:
    for offering in space.options.offerings.values():
        committed = offering.terms.get(Committed)
        if committed is None:
            continue
        least, most = (in_row_units(committed, x) for x in (committed.least, committed.most))
        space.add("commit", offering.id, lower=least, upper=most)
        for t in range(offering.first, min(committed.option_until, offering.last) + 1):
            space.add("enlarge", offering.id, t)
        for t in space.periods:
            if committed.share(t):
                space.add("shortfall", offering.id, t)
