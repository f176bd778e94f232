"""What chips keep of their speed when the architecture they were made for is displaced."""

from __future__ import annotations

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import Number


class Residual(Strict):
    """Chips at some places of the spectrum, and the share of speed they keep."""

    id: str
    """Kebab case."""
    name: str
    """Which chips these are."""
    gradients: tuple[int, ...] = Field(min_length=1)
    """Their places on the specialisation spectrum; each place stands in one file only."""
    hybrid: Number
    """Share kept on hybrid models (state H)."""
    attention_free: Number
    """Share kept on models without attention (state X)."""
