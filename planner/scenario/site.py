"""A site: where systems stand, or where hosted capacity is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from planner.catalog.fact import Id, Strict
from planner.scenario.expansion import Block, RackClass, Redundancy
from planner.scenario.quantity import (
    Amount,
    CarbonSeries,
    DemandChargeSeries,
    FacilityRateSeries,
    Kilograms,
    Kilowatts,
    KilowattSeries,
    Milliseconds,
    PerYear,
    PureSeries,
    Ratio,
    Share,
    ShareSeries,
    TariffSeries,
    Weeks,
    Years,
    is_series,
)


def _tariff_form(value: object) -> str:
    by_block = isinstance(value, dict) and not is_series(value)
    return "tariff by block" if by_block else "one tariff"


Tariff = Annotated[
    Annotated[TariffSeries, Tag("one tariff")]
    | Annotated[dict[str, TariffSeries], Tag("tariff by block")],
    Discriminator(_tariff_form),
]


class Pue(Strict):
    """Power usage effectiveness by cooling: facility power over IT power."""

    air: Annotated[Ratio, Field(ge=1)]
    """For air-cooled systems."""
    liquid: Annotated[Ratio, Field(ge=1)]
    """For liquid-cooled systems."""


class Shell(Strict):
    """Capital of a building of ours, on a clock of its own: longer than that of what stands in it."""

    capex: Annotated[float, Amount("USD/kW")]
    """Shell, power and cooling, per kW of provisioned IT power."""
    life: Annotated[Years, Field(gt=0)]
    """Years over which it is paid off."""
    rate: Annotated[PerYear, Field(gt=-1)] | None = None
    """Cost of its capital per year; absent: the scenario's."""


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
    tariff: Tariff | None = None
    """Energy price, one for all load blocks or one for each."""
    facility: FacilityRateSeries | None = None
    """Colocation rate, or the yearly cost of running an owned shell, per kW of provisioned IT power."""
    shell: Shell | None = None
    """Capital of an owned shell, charged as its annuity beside ``facility``."""
    carbon: CarbonSeries | None = None
    """Carbon intensity of the energy used."""
    redundancy: Redundancy | None = None
    """How its power is backed; `power` is then what is installed, and the share it leaves is usable."""
    usable_share: Annotated[Share, Field(gt=0)] | None = None
    """Share of the installed power that may be used, where no redundancy pattern says it."""
    oversubscription: Ratio = 0.0
    """How far the provisioned power of systems that serve only cappable work may exceed usable power, as a share of it."""
    rack_classes: dict[Id, RackClass] = Field(default_factory=dict)
    """Positions by what they can feed and carry, instead of `racks` and `rack_density`."""
    floor_load: Annotated[Kilograms, Field(gt=0)] | None = None
    """Most weight one rack position can carry; absent: not a limit."""
    demand_charge: DemandChargeSeries | None = None
    """Charge on the period's highest metered draw, per month."""
    billed_share: ShareSeries | None = None
    """Least share of the installed grid power that the demand charge bills, used or not; it may rise with a ramp.
    Absent: the minimum take of ``large_load``, else none."""
    large_load: Id | None = None
    """Contract with the utility, a record of the catalog such as utility-large-load, whose minimum take is billed."""
    commissioning: Weeks = 0.0
    """From dock to service; it delays service, not payment, and counts in whole periods."""
    maintenance: ShareSeries | None = None
    """Share of the hours of a period in which the site is down for planned work."""
    blocks: dict[Id, Block] = Field(default_factory=dict)
    """Power and room that can be bought, by name."""
