"""Shortfall: how far systems may fall short of, or beat, the speed the plan counts on."""

from __future__ import annotations

from pydantic import Field

from planner.catalog.fact import EvidenceTier, Strict
from planner.scenario.quantity import Ratio


class Shortfall(Strict):
    """Speed over the plan's: e^(z · spread), one z per chip family; the spread by weakest evidence.

    Where the serving estimate carries a band, that is used; these hold where it does not.
    """

    spread: dict[EvidenceTier, Ratio] = Field(min_length=1)
    """Standard deviation of the logarithm, by evidence tier."""
    basis: str
    """Where the figures come from."""
