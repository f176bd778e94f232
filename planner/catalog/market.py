"""Markets and planning practice: prices over time, resale curves, and the assumptions formulas need."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Dollars, InUnit, Number, SharePerYear, Text, Weeks, Years
from planner.catalog.interconnect import Metres


class ResalePoint(Strict):
    """What is left of the price after so many years."""

    age_years: float = Field(gt=0)
    """Age at sale."""
    share: Number
    """Share of the purchase price a buyer pays."""


class Market(Strict):
    """A price or quantity the world sets: rental, resale, tariffs, carbon, facility, supply."""

    id: str
    """Kebab case."""
    name: str
    """What it is about."""
    resale: tuple[ResalePoint, ...] = ()
    """Resale curve, where this is a resale market."""
    facts: dict[str, Figure] = Field(default_factory=dict)
    """Figures by name; facts dated and appended."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further texts."""


class Practice(Strict):
    """Assumptions that hold where a system's own figure is not known; each with its source."""

    id: str
    """Always practice."""
    life: Years
    """IT hardware life in service."""
    maintenance: SharePerYear
    """Support contract, share of hardware price a year."""
    permanent_failures: SharePerYear
    """Chips lost for good, share a year; replaced as spares at their own price."""
    availability: Number
    """Share of hours a racked system can serve."""
    serving_power_share: Number
    """Draw under full load over provisioned power."""
    idle_power_share: Number
    """Draw when idle over provisioned power."""
    fabric_share: Number
    """Network capital over system price."""
    staff: Annotated[Figure, InUnit("1/MW")]
    """Operators (full-time equivalents) per MW of provisioned power."""
    staff_cost: Annotated[Figure, InUnit("USD/year")]
    """One operator for a year."""
    resale: str
    """Id of the market whose resale curve holds by default."""
    compute_efficiency: Number
    """Achieved over peak FLOPS in prefill and large-batch decode (stock serving)."""
    bandwidth_efficiency: Number
    """Achieved over peak memory bandwidth in decode (stock serving)."""
    sram_bandwidth_efficiency: Number
    """Achieved over peak bandwidth of on-chip SRAM in decode."""
    layer_overhead: Annotated[Figure, InUnit("us")]
    """Fixed time per layer and step: launches, synchronisation, collectives."""
    memory_usable_share: Number
    """Share of chip memory that weights and KV cache may fill."""
    mean_context_share: Number
    """Mean over final KV length of a sequence in flight, as share of the output length."""
    claim_haircut: Number
    """Share of a vendor's claim that a plan counts on."""
    tuned_to_field_dense: Number
    """Stock serving over benchmark submission, dense models."""
    tuned_to_field_moe: Number
    """Stock serving over benchmark submission, fine-grained mixture of experts."""
    kv_bytes: Number
    """Bytes per cached element (FP8 cache)."""
    link_length_in_rack: Metres | None = None
    """Longest link that stays in its rack."""
    link_length_row: Metres | None = None
    """Longest link within a row of racks."""
    link_length_hall: Metres | None = None
    """Longest link across a data hall."""
    link_length_campus: Metres | None = None
    """Longest link between the halls of a campus."""
    spare_cover: Weeks | None = None
    """Time for which spare link parts must last: until the next delivery of them."""
    spare_confidence: Number | None = None
    """Chance that the spares last that long."""


__all__ = ["Dollars", "Market", "Practice", "ResalePoint"]
