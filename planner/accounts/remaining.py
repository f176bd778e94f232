"""Remaining value: what the fleet is still worth when the horizon ends."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.prepayment import prepaid_usd
from planner.options.table import Options


def left_share(options: Options, offer: str, delivery: int) -> float:
    """Share of the price paid that is left at the horizon: max(0, 1 − age / life)."""
    timeline = options.timeline
    offering = options.offerings[offer]
    age_years = (timeline.count - delivery + offering.age) * timeline.years
    return max(0.0, 1.0 - age_years / offering.life_years)


def _worth(options: Options, key: Key) -> Iterator[Payment]:
    offering = options.offerings[key[0]]
    if offering.ownership != "own" or offering.installed:
        return
    timeline = options.timeline
    paid = offering.price_usd[key[2]] + offering.fabric_usd[key[2]]
    if offering.commitment is not None:
        paid *= offering.commitment.unpaid_share
    share = left_share(options, key[0], key[2])
    if share:
        yield Payment(timeline.count - 1, "end", 1.0, -paid * share)


@account(
    "remaining value", on="deliver", driver="systems at the horizon", unit="system", cash=False
)
def of_delivery(options: Options, key: Key) -> Iterator[Payment]:
    """Straight line on the cohort's own price: paid · max(0, 1 − age / life), at the very end; what is sunk counts for nothing.

    Of a prepaid term, what was paid for the time past the horizon.
    """
    offering, count = options.offerings[key[0]], options.timeline.count
    if not offering.ends_early:
        yield from _worth(options, key)
    if left := prepaid_usd(options, key, count, key[2] + offering.held):
        yield Payment(count - 1, "end", 1.0, -left)


@account("remaining value", on="own", driver="systems at the horizon", unit="system", cash=False)
def of_ownership(options: Options, key: Key) -> Iterator[Payment]:
    """Straight line on the cohort's own price, for systems still owned in the last period."""
    if key[3] == options.timeline.count - 1:
        yield from _worth(options, key)
