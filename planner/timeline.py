"""Periods, dates and the discounting clock; discounting happens here and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from planner.quantities import DAYS_PER_YEAR, HOURS_PER_YEAR

Moment = Literal["start", "middle", "end"]
"""When inside its period a payment falls."""

SHARE_OF_PERIOD: dict[Moment, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Where in its period a moment lies."""
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
PERIOD_UNITS = ("year", "quarter", "month", "hour")
_PARTIAL = re.compile(
    r"(\d{4})(?:-(?:(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?|Q([1-4])|H([12])))?$"
)
_LABEL = re.compile(r"(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?$")


def last_day(text: str) -> date:
    """The last day a partial date can mean: what is not said is taken late.

    >>> last_day("2026-H2"), last_day("2026-02"), last_day("2026-03-05")
    (datetime.date(2026, 12, 31), datetime.date(2026, 2, 28), datetime.date(2026, 3, 5))
    """
    return _day(text, late=True)


def first_day(text: str) -> date:
    """The first day a partial date can mean.

    >>> first_day("2026"), first_day("2026-Q3")
    (datetime.date(2026, 1, 1), datetime.date(2026, 7, 1))
    """
    return _day(text, late=False)


def _day(text: str, late: bool) -> date:
    match = _PARTIAL.match(str(text))
    if not match:
        raise ValueError(
            f"'{text}' is not a date: write 2026, 2026-Q3, 2026-H2, 2026-09 or 2026-09-17"
        )
    year, month, day, quarter, half = (int(part) if part else 0 for part in match.groups())
    if day:
        return date(year, month, day)
    months = 1 if month else 3 if quarter else 6 if half else 12
    first = month or (quarter * 3 - 2 if quarter else half * 6 - 5 if half else 1)
    start = date(year, first, 1)
    return _add_months(start, months) - timedelta(days=1) if late else start


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, day.day)


@dataclass(frozen=True)
class Period:
    """One step of the plan; systems delivered in it serve from its first day."""

    index: int
    label: str
    start: date
    year: int


@dataclass(frozen=True)
class Timeline:
    """The horizon: ``count`` periods of one ``unit`` from ``start``, seen from ``as_of``.

    discount_rate: per year; every amount is worth its value at the start of the first period.
    """

    as_of: date
    start: date
    unit: str
    count: int
    discount_rate: float

    @cached_property
    def years(self) -> float:
        """Length of one period in years."""
        months = _MONTHS.get(self.unit)
        return months / 12 if months else 1 / HOURS_PER_YEAR

    @property
    def hours(self) -> float:
        """Length of one period in hours; a year is 8,766 hours."""
        return self.years * HOURS_PER_YEAR

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        return tuple(self._period(index) for index in range(self.count))

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self._period(self.count).start

    def begins(self, index: int) -> date:
        """First day of a period, also of one past the horizon, where periods go on as they were."""
        return self._period(index).start

    def label_of(self, index: int) -> str:
        """What a period is called, also one past the horizon."""
        return self._period(index).label

    def _period(self, index: int) -> Period:
        months = _MONTHS.get(self.unit)
        if months is None:
            day = self.start + timedelta(hours=index)
            return Period(index, f"{day.isoformat()}h{index % 24:02d}", day, day.year)
        day = _add_months(self.start, months * index)
        label = {
            "year": f"{day.year}",
            "quarter": f"{day.year}Q{(day.month + 2) // 3}",
            "month": f"{day.year}-{day.month:02d}",
        }[self.unit]
        return Period(index, label, day, day.year)

    def first_from(self, day: date) -> int:
        """The first period that starts on ``day`` or later; ``count`` when none does."""
        return next((p.index for p in self.periods if p.start >= day), self.count)

    def index_at(self, day: date) -> int:
        """The period that contains a day; -1 before the horizon, ``count`` after it."""
        begun = [period.index for period in self.periods if period.start <= day]
        return self.count if day >= self.end else max(begun, default=-1)

    def discount(self, index: int, moment: Moment = "start") -> float:
        """Present value of 1 USD paid at ``moment`` of period ``index``: (1 + r)^-years."""
        return float((1 + self.discount_rate) ** (-self.years * (index + SHARE_OF_PERIOD[moment])))

    def waited(self, periods: float) -> float:
        """Worth of 1 USD some periods before it is paid: (1 + r)^-years."""
        return float((1 + self.discount_rate) ** (-self.years * periods))

    def periods_past(self, day: date) -> float:
        """Periods from the horizon's end to a day after it."""
        return years_between(self.end, day) / self.years

    def periods_in(self, years: float) -> int:
        """Whole periods in a length of time, rounded to the nearest, at least one."""
        return max(1, round(years / self.years))


def start_of(label: str) -> date:
    """First day of a period label: ``2027Q1``, ``2027-03`` or ``2027``.

    >>> start_of("2027Q2")
    datetime.date(2027, 4, 1)
    """
    match = _LABEL.match(str(label))
    if not match:
        raise ValueError(f"'{label}' is no period: write 2027Q1, 2027-03 or 2027")
    year, quarter, month = (int(part) if part else 0 for part in match.groups())
    return date(year, month or (quarter * 3 - 2 if quarter else 1), 1)


def before(day: date, weeks: float) -> date:
    """The day ``weeks`` earlier.

    >>> before(date(2027, 7, 1), 30)
    datetime.date(2026, 12, 3)
    """
    return day - timedelta(days=round(weeks * 7))


def after(day: date, weeks: float) -> date:
    """The day ``weeks`` later."""
    return day + timedelta(days=round(weeks * 7))


def years_between(first: date, last: date) -> float:
    """Length of time in years.

    >>> round(years_between(date(2027, 1, 1), date(2028, 1, 1)), 4)
    0.9993
    """
    return (last - first).days / DAYS_PER_YEAR
