"""Displacement: from attention (T) to hybrids (H) to no attention (X), and perhaps back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.hazards import Hazard
from planner.scenario.quantity import Share, Years


class Keep(Strict):
    """What chips of one gradient keep once displaced."""

    hybrid: Share
    """Under hybrids."""
    attention_free: Share
    """Without attention."""


class Displacement(Strict):
    """When it begins, how fast demand follows, what is kept and what it does to memory."""

    hybrid: Hazard
    """When hybrids begin to displace attention, from the as-of date."""
    attention_free: Hazard | None = None
    """When attention-free models begin to displace hybrids, from then on; absent: never."""
    back: Hazard | None = None
    """When attention returns, from the hybrids' beginning on; absent: never."""
    takeover: Annotated[Years, Field(ge=0)]
    """From the first to the last workload's switch: an S-curve 3s² − 2s³ of that length."""
    takeover_of: dict[str, Years] = Field(default_factory=dict)
    """The same for single workloads."""
    at_most: Share = 1.0
    """Share of demand that ever switches."""
    keep: dict[int, Keep] = Field(default_factory=dict)
    """By gradient, in place of the catalog's."""
    second_life: dict[int, Keep] = Field(default_factory=dict)
    """By gradient, what systems keep of their worth once displaced, where another use such as training
    still pays for them; absent: the same as of their speed."""
    memory_relief: Share = 0.0
    """Share by which full displacement lowers the price of memory, and raises what pools give."""
    basis: str
    """Where the figures come from, and their range."""
