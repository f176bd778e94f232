"""Volume discounts: what quantity takes off the price, when the price itself is paid."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.instalments import paid_when
from planner.accounts.remaining import left_share
from planner.catalog.terms.volume import Volumes
from planner.options.table import Options


def discount_usd(options: Options, key: Key) -> float:
    """What one system of a delivery saves in its tier (USD)."""
    offer, delivery, tier = key
    offering = options.offerings[offer]
    agreed = offering.terms.get(Volumes)
    return agreed.tiers[tier].discount * offering.price_usd[delivery] if agreed else 0.0


@account("volume discount", on="tier", driver="share of systems discounted", unit="system", capital=True, invoiced=True)  # fmt: skip
def volume_discount(options: Options, key: Key) -> Iterator[Payment]:
    """The tier's share of the delivery period's price, saved with each part of it that is paid."""
    saved = discount_usd(options, key)
    for period, moment, share in paid_when(options, key[0], key[1]) if saved else ():
        yield Payment(period, moment, share, -share * saved, rate=f"tier {key[2]}")


@account("remaining value", on="tier", driver="systems at the horizon", unit="system", cash=False)
def of_discount(options: Options, key: Key) -> Iterator[Payment]:
    """What was not paid is not left: straight line on the price less its discount."""
    left = left_share(options, key[0], key[1]) * discount_usd(options, key)
    if left:
        yield Payment(options.timeline.count - 1, "end", 1.0, left, rate=f"tier {key[2]}")
