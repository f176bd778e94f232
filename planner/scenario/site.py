"""A site: where systems stand, or where hosted capacity is."""

from __future__ import annotations

from typing import Literal

from planner.catalog.fact import Strict
from planner.scenario.quantity import (
    CarbonSeries,
    FacilityRateSeries,
    Kilowatts,
    KilowattSeries,
    Milliseconds,
    PureSeries,
    Share,
    TariffSeries,
)


class Pue(Strict):
    """Power usage effectiveness by cooling: facility power over IT power."""

    air: Share
    """For air-cooled systems."""
    liquid: Share
    """For liquid-cooled systems."""


class Site(Strict):
    """One place with its scarcities by period."""

    title: str = ""
    """What people call it."""
    kind: Literal["owned", "colocation", "hosted"]
    """hosted: somebody else's systems; no power, rack or tariff of ours."""
    region: str
    """Jurisdiction, for residency."""
    network_latency: Milliseconds
    """Round trip to the users."""
    power: KilowattSeries | None = None
    """Power at the meter that systems and their cooling may use together."""
    racks: PureSeries | None = None
    """Rack positions."""
    rack_density: Kilowatts | None = None
    """Most power one position can feed and cool."""
    liquid: KilowattSeries | None = None
    """Heat that liquid loops can take."""
    pue: Pue | None = None
    """Facility power over IT power."""
    tariff: TariffSeries | dict[str, TariffSeries] | None = None
    """Energy price, one for all load blocks or one for each."""
    facility: FacilityRateSeries | None = None
    """Colocation rate, or the yearly cost of an owned shell, per kW of provisioned IT power."""
    carbon: CarbonSeries | None = None
    """Carbon intensity of the energy used."""
