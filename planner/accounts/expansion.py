"""Expansion: blocks of power and room that are bought."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options

EXPANSION = "expansion"


@account(EXPANSION, on="expand", driver="blocks bought", unit="block", capital=True)
def expansion(options: Options, key: Key) -> Iterator[Payment]:
    """Price of one block, paid when it enters service."""
    site, name, begins = key
    yield Payment(begins, "start", 1.0, options.places[site].block(name).price_usd[begins])


@account("remaining value", on="expand", driver="blocks at the horizon", unit="block", cash=False)
def of_block(options: Options, key: Key) -> Iterator[Payment]:
    """Straight line on the block's own price: paid · max(0, 1 − age / life), at the very end."""
    site, name, begins = key
    block, timeline = options.places[site].block(name), options.timeline
    age_years = (timeline.count - begins) * timeline.years
    share = max(0.0, 1.0 - age_years / block.life_years)
    if share:
        yield Payment(timeline.count - 1, "end", 1.0, -block.price_usd[begins] * share)
