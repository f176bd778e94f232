"""Rights exercised: extensions, returns, slots kept open, volumes not taken."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.held import extended_periods
from planner.accounts.obligation import dated, owed_by_extension
from planner.catalog.terms.extend import Extension
from planner.catalog.terms.give_back import MayReturn
from planner.catalog.terms.layers import InLayers
from planner.options.table import Options


@account("extension", on="extend", driver="system-hours extended", unit="system·h", invoiced=True)
def extension(options: Options, key: Key) -> Iterator[Payment]:
    """Every hour of the extension inside the horizon at its share of the signed rate."""
    offer, _, delivery = key
    offering = options.offerings[offer]
    agreed = offering.terms.get(Extension)
    assert agreed is not None
    hours = options.timeline.hours
    rate = offering.price_usd[delivery] * agreed.rate_share
    for period in extended_periods(options, key):
        yield Payment(period, "middle", hours, rate * hours)


@account(
    "obligation past horizon", on="extend", driver="system-hours owed", unit="system·h", cash=False
)
def of_extension(options: Options, key: Key) -> Iterator[Payment]:
    """What an extension owes past the horizon above the worth of its service."""
    owed = owed_by_extension(options, options.offerings[key[0]], key[2])
    if owed is not None and owed.over_usd > 0:
        yield from dated(options, owed)


@account("returns", on="give_back", driver="systems returned", unit="system")
def returned(options: Options, key: Key) -> Iterator[Payment]:
    """The agreed share of the price paid, received when the system is returned."""
    offer, _, delivery, period = key
    offering = options.offerings[offer]
    agreed = offering.terms.get(MayReturn)
    assert agreed is not None
    yield Payment(period, "start", 1.0, -agreed.refund * offering.price_usd[delivery])


@account(
    "slot reservation", on="reserve_slot", driver="slots kept open", unit="system", invoiced=True
)
def slot_reservation(options: Options, key: Key) -> Iterator[Payment]:
    """The fee of a slot with the shorter lead time, paid now whether it is used or not."""
    right = options.offerings[key[0]].right
    assert right is not None
    yield Payment(0, "start", 1.0, right.fee_usd)


@account("untaken volume", on="untaken", driver="systems not taken", unit="system", invoiced=True)
def untaken_volume(options: Options, key: Key) -> Iterator[Payment]:
    """A fixed system that is not taken, at its price."""
    offer, period, layer = key
    if layer == "fixed":
        yield Payment(period, "start", 1.0, options.offerings[offer].price_usd[period])


@account("reduced volume", on="untaken", driver="systems reduced", unit="system", invoiced=True)
def reduced_volume(options: Options, key: Key) -> Iterator[Payment]:
    """A flexible system that is not taken, at the fee of its reduction."""
    offer, period, layer = key
    offering = options.offerings[offer]
    agreed = offering.terms.get(InLayers)
    assert agreed is not None
    if layer == "flexible":
        usd = agreed.reduction_fee * offering.price_usd[period]
        yield Payment(period, "start", 1.0, usd)
