"""Every month from the first day on."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from itertools import count

from planner.quantities import MONTHS_PER_YEAR
from planner.review.cadence.rhythm import Cadence, rhythm


@rhythm("month")
def days(cadence: Cadence) -> Iterator[date]:
    """The first day, and the same day of every month after it."""
    return every_months(cadence.first, 1)


def every_months(first: date, months: int) -> Iterator[date]:
    """A day and the same day of every so many months after it; the last of a month that has no such day.

    >>> days = every_months(date(2027, 1, 31), 1)
    >>> [next(days).isoformat() for _ in range(3)]
    ['2027-01-31', '2027-02-28', '2027-03-31']
    """
    for steps in count():
        year, month = divmod(first.year * MONTHS_PER_YEAR + first.month - 1 + steps * months, MONTHS_PER_YEAR)  # fmt: skip
        last = calendar.monthrange(year, month + 1)[1]
        yield date(year, month + 1, min(first.day, last))
