"""Units inside the program, chosen so that coefficients sit within about 1e-3 to 1e4."""

from __future__ import annotations

from planner.quantities import GIGA, KILO, MEGA, SECONDS_PER_HOUR

GTOK = GIGA
"""Tokens in one Gtok; serving and shed are counted in Gtok/h."""
POOL_LOT = KILO
"""Pool units in one lot; pool rows count lots."""
MUSD = MEGA
"""Dollars in one unit of the objective."""
MEGAWATT = KILO
"""kW in one unit of power rows."""


def gtok_per_hour(tok_per_s: float) -> float:
    """Token rate in the program's unit.

    >>> gtok_per_hour(500_000)
    1.8
    """
    return tok_per_s * SECONDS_PER_HOUR / GTOK
