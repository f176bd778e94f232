"""A system: what is bought, racked and powered as one unit."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import (
    Day,
    Dollars,
    DollarsPerChipHour,
    GigabytesPerSecond,
    Kilograms,
    Kilowatts,
    Number,
    SharePerYear,
    Text,
    Weeks,
    Years,
)

SupplyChannel = Literal["buyable", "cloud only", "internal only", "restricted", "not an offer"]


class Rental(Strict):
    """Posted prices of hosted capacity (USD per chip-hour); facts carry the cloud as label."""

    on_demand: DollarsPerChipHour | None = None
    """By the hour, no commitment."""
    reserved_1y: DollarsPerChipHour | None = None
    """One-year commitment."""
    reserved_3y: DollarsPerChipHour | None = None
    """Three-year commitment."""


class System(Strict):
    """One unit of purchase and what is known about it."""

    id: str
    """Kebab case, vendor-product; others script against it."""
    name: str
    """As the vendor writes it."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    vendor: str
    """Id of the vendor who sells or runs it."""
    chip: str
    """Id of the chip it holds."""
    chips: Number
    """Chips per system."""
    scale_up_domain: Number | None = None
    """Chips that share one high-bandwidth fabric; may exceed one system."""
    scale_up_bandwidth: GigabytesPerSecond | None = None
    """Bandwidth per chip into the scale-up fabric, one direction (GB/s)."""
    channel: SupplyChannel
    """How it can be had."""
    why_not_offered: str = ""
    """For channels other than buyable and cloud only: why no offer can be made of it."""
    price: Dollars | None = None
    """Purchase price of one system (USD), rack only, without fabric and facility."""
    rental: Rental = Rental()
    """Posted hosted prices."""
    power_provisioned: Kilowatts | None = None
    """Power the site must set aside for it (kW)."""
    power_serving: Kilowatts | None = None
    """Power drawn under full load (kW)."""
    power_idle: Kilowatts | None = None
    """Power drawn when switched on and idle (kW)."""
    racks: Number | None = None
    """Rack positions one system takes; a share of one where several fit."""
    weight: Kilograms | None = None
    """Weight of one system, filled and with its rack (kg)."""
    cooling: Literal["air", "liquid", "air or liquid"] | None = None
    """Cooling the system needs."""
    liquid_share: Number | None = None
    """Share of its heat taken by liquid."""
    lead_time: Weeks | None = None
    """Order to delivery (weeks)."""
    available: Day | None = None
    """First day a customer can take delivery."""
    life: Years | None = None
    """Years in service."""
    maintenance: SharePerYear | None = None
    """Support contract, share of price a year."""
    fabric_price: Dollars | None = None
    """Network capital per system (USD)."""
    resale: str = ""
    """Id of a market entity that holds its resale curve; empty: the class default of practice.yaml."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further facts that no formula uses, by name."""
