"""Supply that slips: what pools give arrives some periods later, in every draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.risk.drawn import Drawn
from planner.solver.arrays import Floats


def slipped(worlds: Drawn, periods: int) -> Drawn:
    """The same draws with every pool's arrivals later by whole periods; until then nothing comes."""
    pools = [(rows, later(arrives, periods), carried) for rows, arrives, carried in worlds.places.pools]  # fmt: skip
    return replace(worlds, places=replace(worlds.places, pools=pools))


def later(arrives: Floats, periods: int) -> Floats:
    """Arrivals by period, later.

    >>> later(np.array([5.0, 6.0, 7.0]), 1).tolist()
    [0.0, 5.0, 6.0]
    """
    return np.concatenate([np.zeros(min(periods, len(arrives))), arrives])[: len(arrives)]
