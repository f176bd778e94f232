"""Every quarter from the first day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.review.cadence.month import every_months
from planner.review.cadence.rhythm import Cadence, rhythm

_MONTHS = 3


@rhythm("quarter")
def days(cadence: Cadence) -> Iterator[date]:
    """The first day, and the same day of every third month after it."""
    return every_months(cadence.first, _MONTHS)
