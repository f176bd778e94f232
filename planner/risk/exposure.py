"""How each column's cost hangs on prices that draws move, found from the accounts themselves.

Every account is linear in the prices it reads, so twice a price gives a column's share in it; no
account is named here but those that value what is left of a system.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.accounts.account import registered
from planner.options.table import Offering, Options
from planner.options.units import MUSD
from planner.program.price import objective
from planner.program.space import Space
from planner.solver.arrays import Floats

LEFT = ("remaining value", "resale")
"""Accounts of what a system is still worth; displaced systems keep less of it."""


@dataclass(frozen=True)
class Exposure:
    """Parts of the objective (columns,) that move with each price, and with failures of optics, in MUSD at the scenario's prices.

    left: the part of ``hardware_price`` that values what is left. period: (columns,) whose price a
    column pays; -1 where it pays none.
    """

    parts: dict[str, Floats]
    left: Floats
    period: Floats


def exposure(space: Space, cost: Floats) -> Exposure:
    """Evaluate the accounts once more with each price doubled."""
    options = space.options
    doubled = {
        "hardware_price": _offers(options, "own"),
        "rental_price": _offers(options, "reserve", "rent"),
        "energy_price": _tariffs(options),
        "memory_price": _spot(options),
        "optics": _link_spares(options),
    }
    parts = {
        name: np.array(objective(replace(space, options=other))) - cost
        for name, other in doubled.items()
    }
    period = np.array([next((k for k in c.key if isinstance(k, int)), -1) for c in space.columns])
    return Exposure(parts, left_worth(space), period)


def _offers(options: Options, *ownerships: str) -> Options:
    def twice(offering: Offering) -> Offering:
        if offering.ownership not in ownerships:
            return offering
        return replace(
            offering,
            price_usd=tuple(2 * usd for usd in offering.price_usd),
            fabric_usd=tuple(2 * usd for usd in offering.fabric_usd),
        )

    return replace(options, offerings={n: twice(o) for n, o in options.offerings.items()})


def _link_spares(options: Options) -> Options:
    offerings = {
        name: replace(o, link_spares_usd_per_year=2 * o.link_spares_usd_per_year)
        for name, o in options.offerings.items()
    }
    return replace(options, offerings=offerings)


def _tariffs(options: Options) -> Options:
    places = {
        name: replace(
            place,
            tariff_usd_per_kwh=tuple(tuple(2 * usd for usd in row) for row in place.tariff_usd_per_kwh),
        )
        for name, place in options.places.items()
    }  # fmt: skip
    return replace(options, places=places)


def _spot(options: Options) -> Options:
    def twice(price: tuple[float, ...] | None) -> tuple[float, ...] | None:
        return None if price is None else tuple(2 * usd for usd in price)

    supplies = {
        name: replace(s, spot_usd=twice(s.spot_usd), overrun_usd=twice(s.overrun_usd))
        for name, s in options.supplies.items()
    }
    return replace(options, supplies=supplies)


def left_worth(space: Space) -> Floats:
    """(columns,) what is left of systems, as the objective counts it (MUSD, a return is negative)."""
    options, timeline = space.options, space.options.timeline
    by_kind = {
        kind: [a for a in registered(kind) if a.name in LEFT]
        for kind in {column.kind for column in space.columns}
    }
    return np.array(
        [
            sum(
                payment.usd
                * timeline.waited(payment.later)
                * timeline.discount(payment.period, payment.moment)
                / MUSD
                for account in by_kind[column.kind]
                for payment in account.function(options, column.key)
            )
            for column in space.columns
        ]
    )
