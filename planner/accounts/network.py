"""Network: the fabric that wires a bought system."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options


@account("network", on="deliver", driver="systems wired", unit="system", capital=True)
def network(options: Options, key: Key) -> Iterator[Payment]:
    """Switches, optics and cables of one system, paid at its delivery."""
    offer, _, delivery = key
    offering = options.offerings[offer]
    if offering.paid_by_plan:
        yield Payment(delivery, "start", 1.0, offering.fabric_usd[delivery])
