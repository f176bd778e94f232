"""Supply agreements: pool units taken under them, and owed units not taken."""

from __future__ import annotations

from planner.options.units import POOL_LOT
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("take", "a,t", "thousand units", "taken under a supply agreement", cohort=1),
    Kind("leave", "a,t,layer", "thousand units", "of a layer owed and not taken", cohort=1),
)


def add(space: Space) -> None:
    for agreement in space.options.agreements.values():
        for t in space.periods:
            most = agreement.owed(t) + agreement.uncommitted[t]
            space.add("take", agreement.id, t, upper=most / POOL_LOT)
            space.add("leave", agreement.id, t, "fixed", upper=agreement.fixed[t] / POOL_LOT)
            space.add("leave", agreement.id, t, "flexible", upper=agreement.flexible[t] / POOL_LOT)
