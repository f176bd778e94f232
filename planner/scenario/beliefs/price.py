"""Prices: they revert to the scenario's path and jump in a scarcity; none declines by itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import PerYear, Ratio


class Price(Strict):
    """Log of the price over the scenario's: x' = x · e^(−reversion · Δ) + shock (+ jump).

    Yearly shocks are normal with the volatility over a year; in a year of scarcity, which comes
    with the stated chance, the jump is added once.
    """

    volatility: Annotated[PerYear, Field(ge=0)]
    """Standard deviation of a year's shock to the logarithm."""
    reversion: Annotated[PerYear, Field(ge=0)]
    """Speed at which the price returns to the scenario's."""
    scarcity: Annotated[PerYear, Field(ge=0)] = 0.0
    """Chance a year that a scarcity begins."""
    jump: Ratio = 0.0
    """What a scarcity adds, as share of the price."""
    basis: str
    """Where the figures come from, and their range."""
