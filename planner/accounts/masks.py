"""Masks: what cutting a model into silicon costs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options


@account("masks", on="etch", driver="mask sets", unit="set", invoiced=True)
def masks(options: Options, key: Key) -> Iterator[Payment]:
    """Fee of a set, paid when the first systems of it are ordered; nothing of it is left at the horizon."""
    offer, delivery = key
    offering = options.offerings[offer]
    if offering.masks is not None and offering.masks.fee_usd:
        yield Payment(offering.order_periods[delivery], "start", 1.0, offering.masks.fee_usd)
