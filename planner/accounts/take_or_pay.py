"""Take-or-pay: what is paid for and not used."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import GTOK, MEGAWATT
from planner.quantities import MEGA


@account("take-or-pay shortfall", on="shortfall", driver="capacity not used", unit="MW·h or Mtok", invoiced=True)  # fmt: skip
def shortfall(options: Options, key: Key) -> Iterator[Payment]:
    """Capacity committed to and left unused, at the price of what is used."""
    offer, period = key
    offering, hours = options.offerings[offer], options.timeline.hours
    price = offering.price_usd[period]
    if offering.ownership == "meter":
        tokens = hours * GTOK
        yield Payment(period, "middle", tokens / MEGA, tokens * price)
    else:
        systems = MEGAWATT / options.of(offer).provisioned_kw
        yield Payment(period, "middle", hours, systems * hours * price)
