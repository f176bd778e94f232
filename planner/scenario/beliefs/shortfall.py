"""Shortfall: how far systems may fall short of, or beat, the speed the plan counts on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import EvidenceTier, Id, Strict
from planner.scenario.quantity import Ratio


class Shortfall(Strict):
    """Speed over the plan's: m · e^(z · spread), one z per chip family; the spread by weakest evidence.

    m is what ``claims`` says of the vendor where a speed rests on its claim, else 1.

    Where the serving estimate carries a band, that is used; these hold where it does not.
    """

    spread: dict[EvidenceTier, Ratio] = Field(min_length=1)
    """Standard deviation of the logarithm, by evidence tier."""
    claims: dict[Id, Annotated[Ratio, Field(gt=0)]] = Field(default_factory=dict)
    """What a vendor's systems serve over its discounted claims, in the middle, by vendor; absent: 1."""
    prior_weight: float = Field(4.0, gt=0)
    """What the spread, and the belief that claims hold as discounted, weigh against measurements: one weighs 1."""
    basis: str
    """Where the figures come from."""
