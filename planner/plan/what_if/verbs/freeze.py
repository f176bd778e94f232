"""Freeze: place no order before a date."""

from __future__ import annotations

import re
from typing import Any

from planner.errors import Usage
from planner.options.table import Options
from planner.scenario.schema import Scenario
from planner.timeline import after, first_day

NAME = "freeze"
FORM = "freeze until 2027-06        (a date, month, quarter such as 2027-Q3, or year; rentals by the hour stay open)"
PATTERN = r"freeze\s+until\s+(?P<date>\S+)"


def changes(match: re.Match[str], options: Options, scenario: Scenario) -> dict[str, Any]:
    """Every purchase and term delivered no sooner than its lead time after the date.

    Raises Usage (CLI004) for what is no date.
    """
    try:
        thaw = first_day(match["date"])
    except ValueError as error:
        raise Usage(f"CLI004: {error}") from error
    values: dict[str, Any] = {}
    for offering in options.offerings.values():
        if offering.fixed is None and offering.ownership != "rent":
            begins = options.timeline.periods[offering.first].start
            earliest = after(thaw, offering.lead_weeks)
            values[f"offers.{offering.offer}.available_from"] = max(begins, earliest).isoformat()
    return values
