"""Overrun: what keeping an order costs when a pool gives less than it was counted on for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import POOL_LOT


@account("pool overrun", on="overrun", driver="pool units overrun", unit="unit")
def pool_overrun(options: Options, key: Key) -> Iterator[Payment]:
    """Pool units beyond amount and spot market, at the scenario's own price of them."""
    pool, period = key
    price = options.supplies[pool].overrun_usd
    assert price is not None
    yield Payment(period, "start", POOL_LOT, POOL_LOT * price[period])
