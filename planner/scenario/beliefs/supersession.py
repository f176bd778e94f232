"""Supersession: a model is replaced by its successor, and what was etched for it serves the old one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.hazards import Hazard
from planner.scenario.quantity import Weeks, Years


class Supersession(Strict):
    """When a model's demand begins to move to its successor; no displacement is needed for it."""

    life: Hazard
    """How long a model leads, one date per model."""
    takeover: Annotated[Years, Field(ge=0)]
    """How long demand takes to move, as an S-curve."""
    respin: Weeks | None = None
    """How long after that etched silicon for the successor can be delivered; absent: never."""
    basis: str
    """Where the figures come from, and their range."""
