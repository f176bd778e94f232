"""A pool share: what the company may draw of a scarce input, and what a system draws of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Id, Strict
from planner.scenario.policy import Group
from planner.scenario.quantity import ANY_UNIT, AnyUnitSeries, Series, SeriesIn, Share, Written

SLOT = "system"
"""Unit of a vendor's slots: one system takes one."""


class PoolShare(Strict):
    """What the company may draw from a supply pool."""

    amount: AnyUnitSeries | None = None
    """Units that arrive each period."""
    allocations: dict[Id, AnyUnitSeries] = Field(default_factory=dict)
    """Units that arrive each period under each contract; they add to each other and to the amount."""
    carry_over: bool = True
    """Whether what is not drawn stays available later."""
    draw_at: str = Field("delivery", pattern="^(order|delivery)$")
    """Whether an order draws when placed or when delivered."""
    spot_price: Annotated[Series, SeriesIn(ANY_UNIT)] | None = None
    """What a unit beyond the amount costs on the spot market."""
    spot_limit: AnyUnitSeries | None = None
    """Most units per period the spot market gives."""
    yield_loss: Share | None = None
    """Share of what is drawn that is lost on the way into systems; absent: the catalog's, else none."""
    slots_of: Group | None = None
    """For a vendor's slots: whose systems take one each; the pool is then the scenario's own."""
    draws: dict[str, Written] = Field(default_factory=dict)
    """Units that one system takes, by system, where the catalog does not know or you know better."""
