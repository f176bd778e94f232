"""Purchase: the system's price at delivery."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.catalog.terms.instalments import PaidInShares
from planner.options.table import Options


@account(
    "purchase", on="deliver", driver="systems delivered", unit="system", capital=True, invoiced=True
)
def purchase(options: Options, key: Key) -> Iterator[Payment]:
    """Price of the delivery period, paid when it begins; installed systems are sunk.

    Where the contract agrees instalments, these stand in its place.
    """
    offer, _, delivery = key
    offering = options.offerings[offer]
    at_once = offering.terms.get(PaidInShares) is None
    if offering.paid_by_plan and at_once:
        yield Payment(delivery, "start", 1.0, offering.price_usd[delivery])
