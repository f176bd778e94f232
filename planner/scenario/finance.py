"""Finance: whose money the figures are in, and how the plan is shown in books, taxes and returns.

Only the price year and the inflation, through the discount rate, bear on what is ordered; the
rest decides how the answer is reported.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planner.catalog.fact import Strict
from planner.scenario.quantity import PerYear, Share, Years

Life = Annotated[Years, Field(gt=0)]
Rate = Annotated[PerYear, Field(gt=-1)]


class BookLives(Strict):
    """Years over which the books write assets off, in equal parts; absent: their life in service."""

    systems: Life | None = None
    """Bought systems."""
    network: Life | None = None
    """What wires them."""
    shell: Life | None = None
    """Buildings of ours."""


class Tax(Strict):
    """Tax on profit, reported beside the plan; it never changes what is ordered."""

    rate: Share
    """Share of the profit."""
    life: Life
    """Years over which the tax code writes assets off, in equal parts."""
    immediate: Share = 0.0
    """Share of an asset written off when it is delivered."""


class Finance(Strict):
    """The money of the scenario, its books and its taxes."""

    price_year: int | None = Field(None, ge=1900, le=2200)
    """Year whose money all prices are in; absent: prices are as they will be paid."""
    inflation: Rate | None = None
    """Yearly rise of prices at large."""
    discount_rate_is: Literal["as prices", "nominal"] = "as prices"
    """nominal: quoted by a market, so inflation is taken out of it where prices are of one year."""
    book_lives: BookLives = BookLives()
    """Depreciation in the books."""
    lease_rate: Rate | None = None
    """Borrowing rate at which what is owed under leases and reservations is shown; absent: the discount rate."""
    tax: Tax | None = None
    """Absent: figures are before tax."""

    @model_validator(mode="after")
    def _rate_fits_prices(self) -> Finance:
        if self.discount_rate_is == "nominal" and (
            self.price_year is None or self.inflation is None
        ):
            hint = "give price_year and inflation, or leave discount_rate_is out"
            raise PydanticCustomError(
                "FIN001", "inflation cannot be taken out of the discount rate", {"hint": hint}
            )
        return self
