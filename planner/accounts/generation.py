"""Generation: what power made on site costs, and what it takes off the grid bill."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import MEGAWATT


def generated_kwh(options: Options, key: Key) -> float:
    """kWh of 1 MW made on site over its load block."""
    return MEGAWATT * options.hours(key[3])


@account("generation", on="generate", driver="energy made on site", unit="kWh")
def generation(options: Options, key: Key) -> Iterator[Payment]:
    """Fuel and upkeep of what is made on site."""
    site, name, period, _ = key
    kwh = generated_kwh(options, key)
    running = options.places[site].block(name).running_usd_per_kwh[period]
    yield Payment(period, "middle", kwh, kwh * running)


@account("energy displaced", on="generate", driver="energy not drawn from the grid", unit="kWh")
def energy_displaced(options: Options, key: Key) -> Iterator[Payment]:
    """Grid energy that what is made on site replaces, at the block's tariff; a credit."""
    site, _, period, block = key
    kwh = generated_kwh(options, key)
    tariff = options.places[site].tariff_usd_per_kwh[period][block]
    rate = tuple(options.blocks)[block]
    yield Payment(period, "middle", kwh, -kwh * tariff, rate)
