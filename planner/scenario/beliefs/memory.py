"""Memory: supply pools give more or less than their amounts, the same share in every period."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import Ratio


class MemoryAmount(Strict):
    """Amounts over the scenario's: e^(z · spread), z one standard normal for all pools."""

    spread: Annotated[Ratio, Field(ge=0)]
    """Standard deviation of the logarithm; two-sided."""
    basis: str
    """Where it comes from, and its range."""
