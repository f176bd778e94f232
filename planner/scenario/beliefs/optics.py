"""Optics: link parts fail more, or less, often than the catalog says."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import Ratio


class OpticsFailures(Strict):
    """Failures of link parts over the plan's: e^(z · spread), one z for all of them.

    What fails is replaced, so it moves the bill for spares of systems wired by a named fabric.
    """

    spread: Annotated[Ratio, Field(ge=0)]
    """Standard deviation of the logarithm; two-sided."""
    basis: str
    """Where it comes from, and its range."""
