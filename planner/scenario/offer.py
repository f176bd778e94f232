"""An offer: a system under one contract from one supplier, open at some sites."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import (
    ANY_UNIT,
    Dollars,
    PerYear,
    PureSeries,
    Ratio,
    SeriesIn,
    Weeks,
    Written,
    Years,
)
from planner.scenario.quantity import Series as _Series

__all__ = ["ANY_UNIT", "Installed", "Offer"]


class Offer(Strict):
    """What we could sign."""

    system: str = ""
    """Id of the system; none where tokens are bought."""
    contract: str
    """Id of the contract template."""
    supplier: str = ""
    """Who signs it; empty: the system's vendor."""
    sites: tuple[str, ...] = Field(min_length=1)
    """Sites where it may stand or be used."""
    fabrics: tuple[str, ...] = ()
    """Ids of fabrics that may wire it; empty: network capital by the catalog's figure per system."""
    price: Annotated[_Series, SeriesIn(ANY_UNIT)] | None = None
    """Price per system (USD) or per chip-hour (USD/chip/h); absent: the catalog's."""
    model: str = ""
    """For model-etched systems: the model to etch; one that the silicon does not hold takes new masks."""
    respin_fee: Dollars | None = None
    """Fee of one set of those masks; absent: the catalog's."""
    systems_per_mask_set: float | None = Field(None, gt=0)
    """Systems that one set makes; relaxed plans charge each its part, whole-unit plans whole sets."""
    price_change: Annotated[PerYear, Field(gt=-1)] = 0.0
    """Yearly change on top of the price, the catalog's or the offer's own."""
    price_factor: Annotated[Ratio, Field(gt=0)] = 1.0
    """Factor on whatever price is asked, the offer's, a quote's or the catalog's, to try another."""
    lead_time: Weeks | None = None
    """Order to service; absent: the catalog's."""
    available_from: Written = ""
    """First date of delivery; absent: the catalog's."""
    available_until: Written = ""
    """Last date of delivery."""
    max_per_period: PureSeries | None = None
    """Most systems delivered (or rented at once) per period, all sites together."""
    max_total: float | None = Field(None, gt=0)
    """Most systems over the horizon."""
    min_total: float | None = Field(None, gt=0)
    """Fewest systems over the horizon, where the supplier insists."""
    note: str = ""
    """What a reader should know."""


class Installed(Strict):
    """Systems already standing; their price is sunk."""

    system: str
    """Id of the system."""
    site: str
    """Where they stand."""
    count: float = Field(gt=0)
    """How many systems."""
    in_service: Written
    """When they began service."""
    life: Years | None = None
    """Years in service; absent: the catalog's."""
    price: Dollars | None = None
    """What one cost, the base of its support contract."""
    fabric: str = ""
    """Id of the fabric it is wired by; its capital is sunk, its power and bandwidth are not."""
    note: str = ""
    """What a reader should know."""


class Assumed(Strict):
    """A figure the user supplies: where the catalog says not disclosed, or, as a quote, above it."""

    value: Written
    """The figure with its unit."""
    basis: str
    """Why this value."""
    quality: Literal["assumption", "user"] = "assumption"
    """An assumption never displaces a known figure; a user's own quote or measurement does."""
    replaces_catalog: bool = False
    """Whether it takes the place of what the catalog knows; without it a known figure goes first."""
