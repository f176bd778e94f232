"""Policy: what the company imposes on itself."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import (
    CarbonPriceSeries,
    Dollars,
    PureSeries,
    Series,
    Share,
    ShareSeries,
)


class Group(Strict):
    """A set of offers; every key given narrows it, and with none it means all."""

    vendors: tuple[str, ...] = ()
    """Systems of these vendors."""
    gradients: tuple[int, ...] = ()
    """Chips at these places on the spectrum."""
    systems: tuple[str, ...] = ()
    """These systems."""
    offers: tuple[str, ...] = ()
    """These offers."""
    fabrics: tuple[str, ...] = ()
    """Systems wired by these fabrics."""


class ShareCap(Strict):
    """No group may hold more than a share of the fleet's provisioned power in any period."""

    group: Group
    """Whose share is capped."""
    at_most: Share
    """The share."""


class Limit(Strict):
    """Deliveries of a group over the horizon, counted in systems or in purchase dollars."""

    group: Group = Group()
    """What is counted."""
    measure: Literal["systems", "capex"]
    """Number of systems, or undiscounted purchase price in USD."""
    at_sites: tuple[str, ...] = ()
    """Only deliveries at these sites count; empty for all."""
    at_least: float | None = Field(None, ge=0)
    """Lower limit."""
    at_most: float | None = Field(None, ge=0)
    """Upper limit."""


class SiteLoss(Strict):
    """Any one site may be lost in any period, and the others still serve a share."""

    share: Share
    """Share of each workload's demand that the other sites must be able to serve."""
    sites: tuple[str, ...] = ()
    """Sites that may be lost, one at a time; empty for any."""
    workloads: tuple[str, ...] = ()
    """Workloads that must survive; empty for all."""


class Policy(Strict):
    """Rules of the company."""

    service_level: ShareSeries = Series((("", 0.0),))
    """Least share of each workload served in every period, once the shortest lead time has passed."""
    headroom: Share = 0.0
    """Share of every system's throughput kept free."""
    budget: dict[int, Dollars] = Field(default_factory=dict)
    """Most purchase money paid by calendar year."""
    share_caps: dict[str, ShareCap] = Field(default_factory=dict)
    """Caps on shares of the fleet, by name."""
    limits: dict[str, Limit] = Field(default_factory=dict)
    """Limits on deliveries, by name."""
    carbon_price: CarbonPriceSeries | None = None
    """Price of emissions from energy use."""
    carbon_cap: PureSeries | None = None
    """Most emissions per period (tCO2e)."""
    site_loss: SiteLoss | None = None
    """What must survive the loss of any one site."""
    move_cost: Dollars | None = None
    """What it costs to move one system to another workload between two load blocks of a day."""


class Counterfactual(Strict):
    """A twin of the plan solved beside it, to say what a freedom is worth."""

    title: str
    """The question it answers."""
    forbid_workloads: tuple[str, ...] = ()
    """Workloads that may not be served ..."""
    at_sites: tuple[str, ...] = ()
    """... at these sites."""
    forbid: Group | None = None
    """Offers that may not be used."""
