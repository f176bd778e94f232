"""Energy: idle draw of every powered system, and what serving adds on top."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Options
from planner.options.units import gtok_per_hour


def idle_kw(options: Options, key: Key) -> float:
    """kW at the meter of one powered idle system."""
    configuration, place = options.configurations[key[0]], options.places[key[1]]
    return 0.0 if place.hosted else configuration.idle_kw * place.pue(configuration)


def activity_kw(options: Options, key: Key) -> float:
    """kW at the meter that 1 Gtok/h of this work adds: (serving − idle draw) · PUE / rate of its period."""
    configuration, place = options.configurations[key[0]], options.places[key[1]]
    if place.hosted:
        return 0.0
    added = (configuration.serving_kw - configuration.idle_kw) * place.pue(configuration)
    return added / gtok_per_hour(options.speed(key[0], key[2], key[3]))


def idle_kwh(options: Options, key: Key) -> Iterator[tuple[int, float]]:
    """(load block, kWh at the meter) of one powered idle system in its period."""
    kw = idle_kw(options, key)
    if not options.places[key[1]].hosted:
        for block in range(len(options.blocks)):
            yield block, kw * options.hours(block)


def activity_kwh(options: Options, key: Key) -> float:
    """kWh at the meter that 1 Gtok/h of this work adds over its load block."""
    return activity_kw(options, key) * options.hours(key[4])


@account("energy idle", on="fleet", driver="energy at the meter", unit="kWh")
def energy_idle(options: Options, key: Key) -> Iterator[Payment]:
    """Idle draw at the block's tariff."""
    for block, kwh in idle_kwh(options, key):
        tariff = options.places[key[1]].tariff_usd_per_kwh[key[2]][block]
        rate = tuple(options.blocks)[block]
        yield Payment(key[2], "middle", kwh, kwh * tariff, rate)


@account("energy serving", on="serve", driver="energy at the meter", unit="kWh")
def energy_serving(options: Options, key: Key) -> Iterator[Payment]:
    """What serving adds to the idle draw, at the block's tariff."""
    kwh = activity_kwh(options, key)
    if kwh:
        tariff = options.places[key[1]].tariff_usd_per_kwh[key[3]][key[4]]
        rate = tuple(options.blocks)[key[4]]
        yield Payment(key[3], "middle", kwh, kwh * tariff, rate)
