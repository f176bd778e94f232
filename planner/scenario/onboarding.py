"""Onboarding: what it takes before a platform serves a model for the first time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import Dollars, DollarsPerYear, TokenRate, Years


class Onboarding(Strict):
    """Compile, port and qualify each of some models on one platform; what stands already is not listed."""

    systems: tuple[str, ...] = Field(min_length=1)
    """The platform: systems that share one software stack."""
    models: tuple[str, ...] = Field(min_length=1)
    """Models, each of which is onboarded and paid by itself."""
    fee: Dollars = 0.0
    """Paid when the work begins: licences, vendor engineering, qualification."""
    time: Years
    """From the start of the work to the first service, such as 2 quarters; it counts in whole periods."""
    engineers: float = Field(0.0, ge=0)
    """People at work all that time."""
    engineer_cost: DollarsPerYear | None = None
    """One of them for a year."""
    volume: Annotated[TokenRate, Field(gt=0)]
    """Output rate over which the cost is spread in relaxed plans; whole-unit plans pay once."""
    note: str = ""
    """What a reader should know."""
