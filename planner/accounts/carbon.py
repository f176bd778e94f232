"""Carbon: the price put on emissions of the energy used."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.accounts.energy import activity_kwh, idle_kwh
from planner.accounts.generation import generated_kwh
from planner.options.table import Options
from planner.quantities import MEGA


def grams_idle(options: Options, key: Key) -> float:
    """gCO2e of one powered idle system in its period."""
    intensity = options.places[key[1]].carbon_g_per_kwh
    return sum(kwh for _, kwh in idle_kwh(options, key)) * intensity[key[2]] if intensity else 0.0


def grams_serving(options: Options, key: Key) -> float:
    """gCO2e that 1 Gtok/h of this work adds over its load block."""
    intensity = options.places[key[1]].carbon_g_per_kwh
    return activity_kwh(options, key) * intensity[key[3]] if intensity else 0.0


def grams_generating(options: Options, key: Key) -> float:
    """gCO2e by which 1 MW made on site over its load block changes the site's emissions."""
    place, period = options.places[key[0]], key[2]
    made = place.block(key[1]).carbon_g_per_kwh
    grid = place.carbon_g_per_kwh
    change = (made[period] if made else 0.0) - (grid[period] if grid else 0.0)
    return generated_kwh(options, key) * change


@account("carbon", on="fleet", driver="emissions", unit="tCO2e")
def carbon_idle(options: Options, key: Key) -> Iterator[Payment]:
    """Emissions of the idle draw at the carbon price."""
    if options.carbon_usd_per_g is not None and (grams := grams_idle(options, key)):
        yield Payment(key[2], "middle", grams / MEGA, grams * options.carbon_usd_per_g[key[2]])


@account("carbon", on="serve", driver="emissions", unit="tCO2e")
def carbon_serving(options: Options, key: Key) -> Iterator[Payment]:
    """Emissions of serving at the carbon price."""
    if options.carbon_usd_per_g is not None and (grams := grams_serving(options, key)):
        yield Payment(key[3], "middle", grams / MEGA, grams * options.carbon_usd_per_g[key[3]])


@account("carbon", on="generate", driver="emissions", unit="tCO2e")
def carbon_generating(options: Options, key: Key) -> Iterator[Payment]:
    """Emissions of what is made on site less those of the grid energy it replaces."""
    if options.carbon_usd_per_g is not None and (grams := grams_generating(options, key)):
        yield Payment(key[2], "middle", grams / MEGA, grams * options.carbon_usd_per_g[key[2]])
