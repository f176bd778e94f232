"""Supply agreements: units taken at their price, and owed units not taken."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import POOL_LOT


@account("supply agreement", on="take", driver="pool units taken", unit="unit")
def supply_agreement(options: Options, key: Key) -> Iterator[Payment]:
    """Pool units at the agreement's price, paid when their period begins."""
    name, period = key
    usd = POOL_LOT * options.agreements[name].price_usd[period]
    yield Payment(period, "start", POOL_LOT, usd)


@account("untaken supply", on="leave", driver="pool units not taken", unit="unit")
def untaken_supply(options: Options, key: Key) -> Iterator[Payment]:
    """A fixed unit that is not taken, at its price."""
    name, period, layer = key
    if layer == "fixed":
        usd = options.agreements[name].price_usd[period]
        yield Payment(period, "start", POOL_LOT, POOL_LOT * usd)


@account("reduced supply", on="leave", driver="pool units reduced", unit="unit")
def reduced_supply(options: Options, key: Key) -> Iterator[Payment]:
    """A flexible unit that is not taken, at the fee of its reduction."""
    name, period, layer = key
    agreement = options.agreements[name]
    if layer == "flexible":
        usd = agreement.reduction_fee * agreement.price_usd[period]
        yield Payment(period, "start", POOL_LOT, POOL_LOT * usd)
