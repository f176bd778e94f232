"""Vendor failure: a vendor stops delivering; what stands goes on."""

from __future__ import annotations

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.hazards import Hazard


class VendorFailure(Strict):
    """One date per vendor from which nothing more is delivered."""

    of: dict[str, Hazard] = Field(min_length=1)
    """Vendor id -> how long it lasts."""
