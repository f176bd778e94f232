"""The decision window: which orders are placed before the world is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.program.space import Space
from planner.quantities import WEEKS_PER_YEAR
from planner.risk.due import settled
from planner.timeline import after


def decided_now(space: Space, window_years: float) -> NDArray[np.bool_]:
    """(columns,) whether a decision is due within the window after the as-of date.

    What is installed already is no decision; what is rented by the hour is decided when it is.
    """
    timeline = space.options.timeline
    last = after(timeline.as_of, window_years * WEEKS_PER_YEAR)
    days = (settled(space.options, column) for column in space.columns)
    return np.array([day is not None and day <= last for day in days], dtype=np.bool_)
