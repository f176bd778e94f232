"""Agreement: what a supply agreement owes is taken, or paid for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import POOL_LOT
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="agreement",
    index="a,t",
    unit="thousand units",
    dual="MUSD per thousand units",
    equation="take[a,t] + leave[a,t,fixed] + leave[a,t,flexible] ≥ fixed[a,t] + flexible[a,t];  take[a,t] ≤ fixed + flexible + expected share · uncommitted, leave ≤ its layer",
    why="Without it an agreement would be a free option on memory.",
)


def rows(space: Space) -> Iterator[Row]:
    for agreement in space.options.agreements.values():
        for t in space.periods:
            terms = [
                (space.at("take", agreement.id, t), 1.0),
                (space.at("leave", agreement.id, t, "fixed"), 1.0),
                (space.at("leave", agreement.id, t, "flexible"), 1.0),
            ]
            yield Row("agreement", (agreement.id, t), terms, ">=", agreement.owed(t) / POOL_LOT)
