"""Delivery slip: some suppliers deliver late, all their systems alike."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import Share, Weeks


class Slip(Strict):
    """With this chance a supplier slips, by an exponential time; one draw per supplier."""

    chance: Share
    """Probability that a supplier slips at all."""
    mean: Annotated[Weeks, Field(gt=0)]
    """Mean delay of one that does."""
    basis: str
    """Where the figures come from, and their range."""
