"""The decision window: which orders are placed before the world is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.program.space import Space
from planner.quantities import WEEKS_PER_YEAR
from planner.timeline import after, before


def decided_now(space: Space, window_years: float) -> NDArray[np.bool_]:
    """(columns,) whether a delivery's order-by date falls within the window after the as-of date.

    What is installed already is no decision; what is rented by the hour is decided when it is.
    """
    options = space.options
    timeline = options.timeline
    last = after(timeline.as_of, window_years * WEEKS_PER_YEAR)
    now = np.zeros(len(space.columns), dtype=np.bool_)
    for j, column in enumerate(space.columns):
        if column.kind != "deliver":
            continue
        offering = options.offerings[column.key[0]]
        ordered = before(timeline.periods[column.key[2]].start, offering.lead_weeks)
        now[j] = offering.fixed is None and ordered <= last
    return now
