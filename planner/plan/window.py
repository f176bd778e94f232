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
    """Whether a delivery must be ordered inside the window; what stands or binds already is no order.

    What is on paper and does not bind must be taken, or let go, by its last day to change.
    """
    if offering.fixed is not None:
        return False
    return order_by(timeline, offering, delivery) <= window_ends(timeline)


def order_by(timeline: Timeline, offering: Offering, delivery: int) -> date:
    """The last day to order a delivery, or to take what is on paper."""
    if offering.commitment is not None and offering.commitment.change_by is not None:
        return offering.commitment.change_by
    return before(timeline.periods[offering.promised(delivery)].start, offering.lead_weeks)
