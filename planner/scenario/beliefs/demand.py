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
    basis: str
    """Where it comes from, and its range."""
