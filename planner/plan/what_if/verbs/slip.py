"""Slip: everything an offer delivers comes later than promised."""

from __future__ import annotations

import re
from typing import Any

from planner.options.table import Options
from planner.plan.what_if.subject import subject_of
from planner.quantities import WEEKS_PER_YEAR
from planner.scenario.schema import Scenario
from planner.timeline import after

NAME = "slip"
FORM = "slip OFFER by 2q            (quarters; also w, m and y; a system means all its offers)"
PATTERN = r"slip\s+(?P<subject>\S+)\s+by\s+(?P<count>\d+(?:\.\d+)?)\s*(?P<unit>[wmqy])"
_DIGITS = 2
"""Of a week: less than two hours."""
_PER_YEAR = {"w": WEEKS_PER_YEAR, "m": 12.0, "q": 4.0, "y": 1.0}


def changes(match: re.Match[str], options: Options, scenario: Scenario) -> dict[str, Any]:
    """A longer lead time, and a first delivery as much later."""
    subject = subject_of(match["subject"].split("@")[0], options)
    weeks = float(match["count"]) * WEEKS_PER_YEAR / _PER_YEAR[match["unit"].lower()]
    values: dict[str, Any] = {}
    for offer in subject.offers:
        offering = options.offerings[offer]
        begins = options.timeline.periods[offering.first].start
        late = round(offering.lead_weeks + weeks, _DIGITS)
        values[f"offers.{offering.offer}.lead_time"] = f"{late:g} weeks"
        values[f"offers.{offering.offer}.available_from"] = after(begins, weeks).isoformat()
    return values
