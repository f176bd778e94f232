"""Demand growth: a yearly surprise that accumulates."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import PerYear


class DemandGrowth(Strict):
    """Demand over the scenario's: e^(z · spread · years), z one standard normal for all workloads."""

    spread: Annotated[PerYear, Field(ge=0)]
    """Standard deviation of the yearly log growth."""
    prior_weight: float = Field(1.0, gt=0)
    """What the spread weighs against what reviews observe: an error seen one year ahead weighs 1, and others by the square of their years."""
    basis: str
    """Where it comes from, and its range."""
