"""Beliefs: what is uncertain, how much, and who says so; one subject per file, all optional."""

from __future__ import annotations

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.beliefs.correlation import Correlation
from planner.scenario.beliefs.delivery import Slip
from planner.scenario.beliefs.demand import DemandGrowth
from planner.scenario.beliefs.displacement import Displacement
from planner.scenario.beliefs.memory import MemoryAmount
from planner.scenario.beliefs.optics import OpticsFailures
from planner.scenario.beliefs.price import Price
from planner.scenario.beliefs.shortfall import Shortfall
from planner.scenario.beliefs.supersession import Supersession
from planner.scenario.beliefs.vendor import VendorFailure


class Beliefs(Strict):
    """What may turn out otherwise; what is not named is certain."""

    displacement: Displacement | None = None
    """Hybrids and attention-free models take over."""
    supersession: Supersession | None = None
    """A model held in silicon is replaced by its successor."""
    demand: DemandGrowth | None = None
    """Demand grows faster or slower than the scenario says."""
    memory: MemoryAmount | None = None
    """Supply pools give more or less than their amounts."""
    hardware_price: Price | None = None
    """What systems bought cost, over the scenario's prices."""
    rental_price: Price | None = None
    """What hosted capacity costs, over the scenario's prices."""
    energy_price: Price | None = None
    """Tariffs, over the scenario's."""
    memory_price: Price | None = None
    """Spot prices of supply pools, over the scenario's."""
    slip: Slip | None = None
    """Deliveries come late."""
    vendor_failure: VendorFailure | None = None
    """Vendors that may stop delivering."""
    shortfall: Shortfall | None = None
    """Systems serve less, or more, than expected."""
    optics: OpticsFailures | None = None
    """Link parts fail more or less often than the catalog says."""
    correlations: tuple[Correlation, ...] = Field(default_factory=tuple)
    """Which of these move together."""
