"""Metered tokens: what others serve, by the token."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.metered import PricedTokens
from planner.options.table import Options
from planner.options.units import GTOK
from planner.quantities import MEGA


@account("metered tokens", on="buy", driver="tokens bought", unit="Mtok", invoiced=True)
def metered_tokens(options: Options, key: Key) -> Iterator[Payment]:
    """Output tokens of the load block at the model's price, their prompts included."""
    offer, _, workload, period, block = key
    priced = options.offerings[offer].terms.get(PricedTokens)
    assert priced is not None
    tokens = options.hours(block) * GTOK
    usd = tokens * priced.usd_per_tok[workload][period]
    yield Payment(period, "middle", tokens / MEGA, usd, rate=workload)
