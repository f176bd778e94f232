"""The decision window: what has to be ordered soon, whatever comes later."""

from __future__ import annotations

from datetime import date, timedelta

from planner.options.table import Offering
from planner.timeline import Timeline, before

WINDOW_DAYS = 90
"""Orders due this soon after the as-of date are the ones a plan really decides."""


def window_ends(timeline: Timeline) -> date:
    """The last day of the window."""
    return timeline.as_of + timedelta(days=WINDOW_DAYS)


def ordered_in_window(timeline: Timeline, offering: Offering, delivery: int) -> bool:
    """Whether a delivery must be ordered inside the window; what stands already is no order."""
    if offering.fixed is not None:
        return False
    order_by = before(timeline.periods[offering.promised(delivery)].start, offering.lead_weeks)
    return order_by <= window_ends(timeline)
