"""Penalties and spot purchases."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import GTOK, POOL_LOT


@account("shed penalty", on="shed", driver="tokens not served", unit="Mtok", cash=False)
def shed_penalty(options: Options, key: Key) -> Iterator[Payment]:
    """Tokens not served at the workload's penalty."""
    workload, period, block = key
    hours = options.timeline.hours if block < 0 else options.hours(block)
    tokens = hours * GTOK
    usd = tokens * options.demands[workload].shed_usd_per_tok
    yield Payment(period, "middle", tokens / 1e6, usd)


@account("spot supply", on="spot", driver="pool units bought", unit="unit")
def spot_supply(options: Options, key: Key) -> Iterator[Payment]:
    """Pool units beyond the amount, at the spot price."""
    pool, period = key
    spot = options.supplies[pool].spot_usd
    assert spot is not None
    yield Payment(period, "start", POOL_LOT, POOL_LOT * spot[period])
